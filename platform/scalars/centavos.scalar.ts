import { centavosToJson, parseCentavos } from './centavos';
import { createScalar } from './create-scalar';

export const Centavos = createScalar({
  name: 'Centavos',
  description:
    'Quantia em centésimos da moeda, número inteiro de -9007199254740991 a 9007199254740991 (2^53 - 1, o maior que um número JSON guarda com exatidão): `1990` são 19,90. Regra: RFC 8259, seção 6.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259#section-6',
  instruction:
    'Informe a quantia em centavos: um número inteiro, sem aspas nem casas decimais, de até 9007199254740991.',
  parse: parseCentavos,
  serialize: (stored) => (typeof stored === 'bigint' ? centavosToJson(stored) : null),
});
