import { createScalar, normalizedText } from './create-scalar';
import { normalizeDocumento } from './documento';
import { isMaskedDocumento } from './mask-documento';

export const Documento = createScalar({
  name: 'Documento',
  description:
    'CPF de uma pessoa física (11 algarismos) ou CNPJ de uma pessoa jurídica (14 algarismos ou letras maiúsculas), sem pontuação; o tamanho distingue um do outro. Na entrada, a pontuação é opcional. Os dígitos verificadores são conferidos. Na saída, quem não pode ver o documento por inteiro recebe `***.456.789-**` ou `**.345.678/****-**`, que na entrada não vale. Regras: as de `CPF` e `CNPJ`.',
  instruction: 'Informe um CPF (11 algarismos) ou um CNPJ (14 algarismos ou letras) válido.',
  ...normalizedText(
    normalizeDocumento,
    (text) => normalizeDocumento(text) === text || isMaskedDocumento(text),
  ),
});
