const masked = /^(?:\*{3}\.\d{3}\.\d{3}-\*{2}|\*{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}\/\*{4}-\*{2})$/;

/** What anybody may see of a normalised CPF (`***.456.789-**`) or CNPJ (`**.345.678/****-**`). */
export const maskDocumento = (documento: string): string =>
  documento.length === 11
    ? `***.${documento.slice(3, 6)}.${documento.slice(6, 9)}-**`
    : `**.${documento.slice(2, 5)}.${documento.slice(5, 8)}/****-**`;

export const isMaskedDocumento = (text: string): boolean => masked.test(text);
