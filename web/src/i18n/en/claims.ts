// Words of the pages in src/features/claims.
export default {} as const;
