import type { BuildSchemaOptions } from 'type-graphql';
import { DateTime } from './date-time.scalar';

export { CalendarDate } from './calendar-date.scalar';
export { Centavos } from './centavos.scalar';
export { normalizeCep } from './cep';
export { CEP } from './cep.scalar';
export { cnpjCheckDigits, formatCnpj, normalizeCnpj } from './cnpj';
export { CNPJ } from './cnpj.scalar';
export { cpfCheckDigits, formatCpf, normalizeCpf } from './cpf';
export { CPF } from './cpf.scalar';
export { normalizeDocumento } from './documento';
export { Documento } from './documento.scalar';
export { normalizeEmail } from './email';
export { Email } from './email.scalar';
export { JsonValue } from './json.scalar';
export { normalizeTelefone } from './telefone';
export { Telefone } from './telefone.scalar';
export { DateTime };

/** What a property of a JavaScript class becomes in the graph when its field names no type. */
export const scalarsMap: NonNullable<BuildSchemaOptions['scalarsMap']> = [{ type: Date, scalar: DateTime }];
