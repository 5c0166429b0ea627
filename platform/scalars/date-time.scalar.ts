import { createScalar } from './create-scalar';
import { formatDateTime, parseDateTime } from './date-time';

export const DateTime = createScalar({
  name: 'DateTime',
  description:
    'Instante em UTC, no formato ISO 8601 com milissegundos, por exemplo `2026-07-31T15:00:00.000Z`. Na entrada, qualquer fuso é aceito (`2026-07-31T12:00:00-03:00`) e convertido; o fuso é obrigatório. Regra: `date-time` da RFC 3339.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  instruction:
    'Informe um instante que exista, com data, hora e fuso, no formato AAAA-MM-DDThh:mm:ssZ ou AAAA-MM-DDThh:mm:ss-03:00.',
  parse: (input) => (typeof input === 'string' ? parseDateTime(input) : null),
  serialize: (stored) => (stored instanceof Date ? formatDateTime(stored) : null),
});
