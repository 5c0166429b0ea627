import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describeError, redact } from './log';

const secret = '529.982.247-25';

describe('describeError', () => {
  it.each([
    [
      'a driver’s error',
      Object.assign(new Error(`duplicate key (${secret})`), { code: '23505', detail: secret }),
    ],
    [
      'an error of Prisma',
      Object.assign(new Error(secret), { name: 'PrismaClientValidationError', meta: secret }),
    ],
    ['graphql-js', new GraphQLError(`Argument "dados" has invalid value {senha: "${secret}"}.`)],
    ['a cause', new Error('outer', { cause: Object.assign(new Error(secret), { code: 'P2010' }) })],
  ])('quotes no value of %s', (_, error) => {
    expect(JSON.stringify(describeError(error))).not.toContain(secret);
  });

  it('repeats nothing that somebody else answered', () => {
    const answered = { message: secret, extensions: { code: secret } };
    expect(describeError(answered)).toEqual({ tipo: 'object' });
    expect(describeError(secret)).toEqual({ tipo: 'string' });
  });

  it('says of what kind an error is, and where it happened', () => {
    const described = describeError(Object.assign(new TypeError('x is not a function')));
    expect(described).toMatchObject({ tipo: 'TypeError', mensagem: 'x is not a function' });
    expect(described.pilha).toMatch(/log\.test/);
  });
});

it('hides what a careless line would tell', () => {
  const lines: string[] = [];
  const log = pino({ redact }, { write: (line) => lines.push(line) });
  log.info({ senha: secret, email: secret, headers: { authorization: secret, cookie: secret }, ms: 3 }, 'x');
  expect(lines.join()).not.toContain(secret);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ senha: '[oculto]', ms: 3 });
});
