// Words of the pages in src/features/insight.
export default {} as const;
