import { normalizeCnpj } from './cnpj';
import { createScalar, normalizedText } from './create-scalar';

export const CNPJ = createScalar({
  name: 'CNPJ',
  description:
    'Número no Cadastro Nacional da Pessoa Jurídica: 14 caracteres maiúsculos sem pontuação, doze algarismos ou letras e dois dígitos verificadores, por exemplo `12ABC34501DE35`. Na entrada, a pontuação (`12.ABC.345/01DE-35`) é opcional e minúsculas são aceitas. Os dígitos verificadores são conferidos. Regra: Instrução Normativa RFB nº 2.229/2024.',
  specifiedByURL:
    'https://www.gov.br/receitafederal/pt-br/acesso-a-informacao/acoes-e-programas/programas-e-atividades/cnpj-alfanumerico',
  instruction: 'Informe um CNPJ válido: 14 algarismos ou letras, com ou sem pontuação.',
  ...normalizedText(normalizeCnpj),
});
