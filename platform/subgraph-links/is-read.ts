const beginsAsQuery = /^\s*(?:query\b|\{)/;

/**
 * Whether a document surely changes nothing. Where it would need parsing to tell, as with a field or a text that
 * contains the word, the answer is no: that costs a second attempt, the other mistake a second effect.
 */
export const isRead = (document: string): boolean =>
  beginsAsQuery.test(document) && !document.includes('mutation');
