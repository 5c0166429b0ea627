const pattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID in its canonical form (RFC 9562), of any version. */
export const isUuid = (text: string): boolean => pattern.test(text);

/** RFC 9562's Nil UUID: the id of nothing. */
export const nilUuid = '00000000-0000-0000-0000-000000000000';
