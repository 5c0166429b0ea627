/** What is longer is not kept, in bytes: who asks does not decide how much memory a router needs. */
export const longestValue = 64 * 1024;
