// Words of the pages in src/features/lead.
export default {} as const;
