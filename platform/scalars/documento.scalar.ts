import { createScalar, normalizedText } from './create-scalar';
import { normalizeDocumento } from './documento';

export const Documento = createScalar({
  name: 'Documento',
  description:
    'CPF de uma pessoa física (11 algarismos) ou CNPJ de uma pessoa jurídica (14 algarismos ou letras maiúsculas), sem pontuação; o tamanho distingue um do outro. Na entrada, a pontuação é opcional. Os dígitos verificadores são conferidos. Regras: as de `CPF` e `CNPJ`.',
  instruction: 'Informe um CPF (11 algarismos) ou um CNPJ (14 algarismos ou letras) válido.',
  ...normalizedText(normalizeDocumento),
});
