import fc from 'fast-check';
import { ehIgualAoEmail, exigirSenhaDiferenteDoEmail, temTamanhoDeSenha } from './senha.rules';

describe('temTamanhoDeSenha', () => {
  it('takes any 10 to 128 characters, and no others', () => {
    const character = fc.constantFrom('a', 'ç', 'ã'.normalize('NFD'), '日', '🔑', ' ');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 140 }), (characters) => {
        const expected = characters.length >= 10 && characters.length <= 128;
        expect(temTamanhoDeSenha(characters.join(''))).toBe(expected);
      }),
    );
  });

  it.each([
    ['', false],
    ['123456789', false],
    ['1234567890', true],
    [' '.repeat(10), true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['a'.repeat(1_000_000), false],
  ])('%#', (senha, expected) => {
    expect(temTamanhoDeSenha(senha)).toBe(expected);
  });
});

describe('exigirSenhaDiferenteDoEmail', () => {
  it.each(['ana@exemplo.com', 'ANA@Exemplo.com', ' ana@exemplo.com '])('refuses %p', (senha) => {
    expect(() => exigirSenhaDiferenteDoEmail(senha, 'ana@exemplo.com')).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        extensions: expect.objectContaining({ campos: [expect.objectContaining({ campo: 'dados.senha' })] }),
      }),
    );
  });

  it('takes one that only contains the e-mail', () => {
    expect(ehIgualAoEmail('ana@exemplo.com!', 'ana@exemplo.com')).toBe(false);
  });
});
