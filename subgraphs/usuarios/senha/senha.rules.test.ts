import fc from 'fast-check';
import { ehIgualAoEmail, exigirSenhaDiferenteDoEmail, problemaDaSenha } from './senha.rules';

const tamanho = 'deve ter de 10 a 128 caracteres';

describe('problemaDaSenha', () => {
  it('is the length for any but 10 to 128 characters', () => {
    const character = fc.constantFrom('a', 'ç', 'ã'.normalize('NFD'), '日', '🔑', ' ');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 140 }), (characters) => {
        const isRight = characters.length >= 10 && characters.length <= 128;
        expect(problemaDaSenha(characters.join('')) === tamanho).toBe(!isRight);
      }),
    );
  });

  it.each([
    ['', tamanho],
    ['xk29vm4qz', tamanho],
    ['xk29vm4qzt', null],
    [`${'xk29vm4qzt'.repeat(12)}-a7%-b8w`, null],
    ['a'.repeat(129), tamanho],
    ['a'.repeat(1_000_000), tamanho],
    ['password123', 'é fácil de adivinhar: escolha outra'],
    [' '.repeat(10), 'é fácil de adivinhar: escolha outra'],
  ])('%#', (senha, expected) => {
    expect(problemaDaSenha(senha)).toBe(expected);
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
