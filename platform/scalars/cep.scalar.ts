import { normalizeCep } from './cep';
import { createScalar, normalizedText } from './create-scalar';

export const CEP = createScalar({
  name: 'CEP',
  description:
    'Código de Endereçamento Postal: 8 algarismos sem pontuação, de `01000000` a `99999999`. Na entrada, a pontuação (`01310-100`) é opcional. O formato é conferido, não se o CEP existe. Regra: Correios.',
  instruction: 'Informe um CEP válido: 8 algarismos, com ou sem pontuação.',
  ...normalizedText(normalizeCep),
});
