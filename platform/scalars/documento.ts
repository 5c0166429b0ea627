import { normalizeCnpj } from './cnpj';
import { normalizeCpf } from './cpf';

/** The 11 digits of a CPF or the 14 characters of a CNPJ, whichever the text is, or null. */
export const normalizeDocumento = (text: string): string | null => normalizeCpf(text) ?? normalizeCnpj(text);
