// Random names for requests, also in old in-app browsers that lack `crypto.randomUUID`.

/** 32 hexadecimal digits. */
export function randomId(): string {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
