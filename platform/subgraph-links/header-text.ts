/**
 * A text as an HTTP header can carry it: visible ASCII and inner spaces stand for themselves, all else is
 * percent-encoded. A lone surrogate becomes U+FFFD.
 */
export const encodeHeaderText = (text: string): string =>
  text.toWellFormed().replace(/[^ -~]|%|^ | $/gu, encodeURIComponent);

/** @throws URIError for what `encodeHeaderText` would not have written. */
export const decodeHeaderText = decodeURIComponent;
