import { createScalar, normalizedText } from './create-scalar';
import { isNormalEmail, normalizeEmail } from './email';

export const Email = createScalar({
  name: 'Email',
  description:
    'Endereço de e-mail em minúsculas, sem espaços em volta, só com caracteres ASCII e no máximo 254 deles, por exemplo `maria@exemplo.com.br`. Na entrada, maiúsculas e espaços em volta são aceitos. Regra: RFC 5321.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc5321',
  instruction: 'Informe um e-mail válido, como nome@exemplo.com.br, sem acentos e com até 254 caracteres.',
  ...normalizedText(normalizeEmail, isNormalEmail),
});
