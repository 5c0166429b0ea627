import { parseOptions } from '@node-rs/argon2';
import { hashDeNinguem, senhas } from './senha';

const senha = 'correta cavalo bateria';

describe('senhas', () => {
  it('are kept as argon2id with the parameters of OWASP, each with its own salt', async () => {
    const [one, other] = await Promise.all([senhas.hash(senha), senhas.hash(senha)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
    expect(await senhas.confere(senha, one)).toBe(true);
    expect(await senhas.confere(senha, other)).toBe(true);
  });

  it.each([
    ['another case', 'Correta cavalo bateria'],
    ['white space at the end', `${senha} `],
    ['nothing', ''],
  ])('do not match with %s', async (_, tentativa) => {
    expect(await senhas.confere(tentativa, await senhas.hash(senha))).toBe(false);
  });

  it('are one however their accents were typed', async () => {
    const composed = 'ação é coração';
    expect(composed.normalize('NFD')).not.toBe(composed);
    const stored = await senhas.hash(composed.normalize('NFD'));
    expect(await senhas.confere(composed, stored)).toBe(true);
  });

  it('count to the last byte of the longest', async () => {
    const longest = '🔑'.repeat(127);
    const stored = await senhas.hash(`${longest}a`);
    expect(await senhas.confere(`${longest}a`, stored)).toBe(true);
    expect(await senhas.confere(`${longest}b`, stored)).toBe(false);
    expect(await senhas.confere(longest, stored)).toBe(false);
  });

  it('never match nobody`s, and are checked at the same cost against it', async () => {
    expect(await senhas.confere(senha, null)).toBe(false);
    expect(parseOptions(hashDeNinguem)).toEqual(parseOptions(await senhas.hash(senha)));
  });
});
