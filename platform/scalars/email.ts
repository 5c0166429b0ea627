import { isEmail } from 'class-validator';

const visibleAscii = /^[!-~]+$/;
// Visible ASCII without @ and the capital letters, on both sides of one @.
const normal = /^[!-?[-~]+@[!-?[-~]+$/;

/**
 * An e-mail address trimmed and in lower case, or null when it is none: ASCII only, at most 254
 * characters (RFC 5321), no quoted local part, and a domain with a dot.
 */
export const normalizeEmail = (text: string): string | null => {
  const email = text.trim();
  // Before lower-casing: U+212A (the kelvin sign) becomes the letter k.
  if (!visibleAscii.test(email)) return null;
  return isEmail(email, { blacklisted_chars: '"' }) ? email.toLowerCase() : null;
};

/** Whether the text has the form of a normalised address, whatever today's rules for one say. */
export const isNormalEmail = (text: string): boolean => text.length <= 254 && normal.test(text);
