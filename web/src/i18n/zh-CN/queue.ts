// Words of the pages in src/features/queue.
export default {} as const;
