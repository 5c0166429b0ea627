import fc from 'fast-check';
import { ehSenhaComum } from './senhas-comuns';

it.each([
  '1234567890',
  'qwertyuiop',
  'QwertyUiop',
  'password123',
  'senha12345',
  'senha123456',
  'Flamengo2026!',
  'basketball ',
  'aaaaaaaaaa',
  '1212121212121',
  'senhasenha',
  '0123456789',
  '9876543210',
  'abcdefghijklm',
  '🔑'.repeat(12),
])('refuses %p', (senha) => {
  expect(ehSenhaComum(senha)).toBe(true);
});

it.each([
  'demonstracao',
  'uma senha comprida',
  'senha de teste',
  'correta cavalo bateria',
  'flamengo até morrer',
  'k7#pQ2!vLx9$',
  '48151623429',
])('takes %p', (senha) => {
  expect(ehSenhaComum(senha)).toBe(false);
});

it('takes what a generator makes', () => {
  const character = fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_');
  fc.assert(
    fc.property(fc.array(character, { minLength: 16, maxLength: 40 }), (characters) => {
      fc.pre(new Set(characters).size > 12);
      expect(ehSenhaComum(characters.join(''))).toBe(false);
    }),
  );
});

it('takes no time to speak of for the longest', () => {
  expect(ehSenhaComum(`${'a'.repeat(127)}b`)).toBe(false);
  expect(ehSenhaComum('1!'.repeat(63))).toBe(true);
});
