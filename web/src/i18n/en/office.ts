// Words of the officer's pages on a phone, in src/features/posts/phone.
export default {} as const;
