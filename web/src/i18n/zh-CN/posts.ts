// Words of the pages in src/features/posts.
export default {} as const;
