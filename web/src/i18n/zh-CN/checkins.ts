// Words of the pages in src/features/checkins.
export default {} as const;
