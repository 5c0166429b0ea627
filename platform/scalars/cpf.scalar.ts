import { normalizeCpf } from './cpf';
import { createScalar, normalizedText } from './create-scalar';

export const CPF = createScalar({
  name: 'CPF',
  description:
    'Número no Cadastro de Pessoas Físicas: 11 algarismos sem pontuação, por exemplo `52998224725`. Na entrada, a pontuação (`529.982.247-25`) é opcional. Os dígitos verificadores são conferidos. Regra: Instrução Normativa RFB nº 2.172/2024.',
  instruction: 'Informe um CPF válido: 11 algarismos, com ou sem pontuação.',
  ...normalizedText(normalizeCpf),
});
