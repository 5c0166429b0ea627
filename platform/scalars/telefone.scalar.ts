import { createScalar, normalizedText } from './create-scalar';
import { isE164, normalizeTelefone } from './telefone';

export const Telefone = createScalar({
  name: 'Telefone',
  description:
    'Telefone no formato internacional E.164, por exemplo `+5511987654321`. Na entrada, a pontuação é opcional e um número sem código de país é brasileiro, com DDD; celulares brasileiros sem o nono dígito o recebem, de modo que as duas formas são o mesmo número. Regras: ITU-T E.164 e Resolução Anatel nº 749/2022.',
  specifiedByURL: 'https://www.itu.int/rec/T-REC-E.164',
  instruction: 'Informe um telefone válido: com DDD, se for do Brasil, ou com + e o código do país.',
  ...normalizedText(normalizeTelefone, isE164),
});
