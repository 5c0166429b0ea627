import fc from 'fast-check';
import { isNormalEmail, normalizeEmail } from './email';
import { nonsense } from './text-arbitraries';

const longestLabel = 'd'.repeat(63);

test.each([
  ['maria@exemplo.com.br', 'maria@exemplo.com.br'],
  ['  Maria.Silva+CRM@Exemplo.COM.BR\n', 'maria.silva+crm@exemplo.com.br'],
  ["o'neil_x-1@sub.exemplo.org", "o'neil_x-1@sub.exemplo.org"],
  [`${'l'.repeat(64)}@exemplo.com`, `${'l'.repeat(64)}@exemplo.com`],
  ['joao@xn--ao-hia.com.br', 'joao@xn--ao-hia.com.br'],
])('%s is the address %s', (text, email) => {
  expect(normalizeEmail(text)).toBe(email);
});

test('254 characters are accepted and 255 are not', () => {
  const domain = `${longestLabel}.${longestLabel}.${longestLabel}.com`;
  const local = (length: number) => 'l'.repeat(length - domain.length - 1);
  expect(normalizeEmail(`${local(254)}@${domain}`)).toHaveLength(254);
  expect(normalizeEmail(`${local(255)}@${domain}`)).toBeNull();
});

test('whatever is accepted is trimmed, lower-case ASCII and normalises to itself', () => {
  const addresses = fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(addresses, fc.constantFrom('', ' ', '\u00a0\n'), (address, around) => {
      const email = normalizeEmail(around + address.toUpperCase() + around);
      if (email === null) return;
      expect(email).toMatch(/^[!-~]{3,254}$/);
      expect(email).toBe(email.toLowerCase());
      expect(normalizeEmail(email)).toBe(email);
      expect(isNormalEmail(email)).toBe(true);
    }),
  );
});

test.each([
  ...nonsense,
  'maria',
  'maria@',
  '@exemplo.com',
  'maria@exemplo',
  'maria@@exemplo.com',
  'maria@exemplo..com',
  'maria@-exemplo.com',
  'maria@exemplo.com.',
  'maria@127.0.0.1',
  'maria@[127.0.0.1]',
  '.maria@exemplo.com',
  'maria.@exemplo.com',
  'ma..ria@exemplo.com',
  'maria silva@exemplo.com',
  'maria@exemplo.com, joao@exemplo.com',
  'Maria <maria@exemplo.com>',
  '"maria silva"@exemplo.com',
  '"maria"@exemplo.com',
  'mailto:maria@exemplo.com',
  'joão@exemplo.com',
  'maria@exemplo.com\u0000',
  'maria@exemplo.com\r\nBcc: joao@exemplo.com',
  // The kelvin sign becomes an ASCII k in lower case: somebody else's address.
  'mar\u212aa@exemplo.com',
  `${'l'.repeat(65)}@exemplo.com`,
  `maria@${longestLabel}d.com`,
])('nonsense is refused (%#)', (text) => {
  expect(normalizeEmail(text)).toBeNull();
});

test.each([
  'Maria@exemplo.com',
  ' maria@exemplo.com',
  'maria',
  '@',
  'maria@b@c',
  'joão@exemplo.com',
  `${'a'.repeat(250)}@b.com`,
])('%s has not the form of a normalised address', (text) => {
  expect(isNormalEmail(text)).toBe(false);
});
