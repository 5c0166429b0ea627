import fc from 'fast-check';
import { GraphQLError, parseValue } from 'graphql';
import { isStorable } from '../text';
import { JsonValue } from '.';

/** What the scalar makes of a variable and of a literal; the message of its refusal. */
const outcomeOf = (work: () => unknown): { readonly value: unknown } | { readonly refused: string } => {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT', motivo: 'DADOS_INVALIDOS' });
    return { refused: error.message };
  }
};
const ofVariable = (text: string) => outcomeOf(() => JsonValue.parseValue(JSON.parse(text)));
const ofLiteral = (text: string) => outcomeOf(() => JsonValue.parseLiteral(parseValue(text)));

const nested = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

describe('JSON', () => {
  it('takes and answers what is stored and read back as it is', () => {
    const text = fc.string({ unit: 'binary' }).filter(isStorable);
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 1000),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const sent = JSON.stringify(value);
        const taken = JsonValue.serialize(JsonValue.parseValue(JSON.parse(sent)));
        expect(JSON.stringify(taken)).toBe(sent);
      }),
    );
  });

  it('reads a literal as it reads a variable', () => {
    const literal =
      '{a: [1, -2.5, 0.1, "é 🍞", true, null, {}], __proto__: {b: 1}, constructor: [], toJSON: "x"}';
    const text = '{"a":[1,-2.5,0.1,"é 🍞",true,null,{}],"__proto__":{"b":1},"constructor":[],"toJSON":"x"}';
    for (const outcome of [ofLiteral(literal), ofVariable(text)]) {
      expect(JSON.stringify(outcome)).toBe(`{"value":${text}}`);
    }
    expect(({} as Record<string, unknown>).b).toBeUndefined();
  });

  it.each([
    '9007199254740993',
    '12345678901234567890',
    '1e21',
    '1e400',
    '-1e400',
    '0.1234567890123456',
    '1e16',
  ])('refuses the number %s, which would become another', (number) => {
    for (const outcome of [ofVariable(`{"a":[${number}]}`), ofLiteral(`{a: [${number}]}`)]) {
      expect(outcome).toEqual({ refused: expect.stringMatching(/^Use números inteiros/) });
    }
  });

  it.each([
    '9007199254740991',
    '-9007199254740991',
    '0',
    '-0.5',
    '1e15',
    '123456.789012345',
    '1.5e-7',
    '0.0',
  ])('takes the number %s', (number) => {
    for (const outcome of [ofVariable(number), ofLiteral(number)]) expect(outcome).toHaveProperty('value');
  });

  it('refuses in a literal what only a variable would hide', () => {
    for (const number of ['1e-400', '0.10000000000000000001', '9007199254740991.0001']) {
      expect(ofLiteral(number)).toHaveProperty('refused');
    }
  });

  it.each([
    ['a NUL', '"\\u0000"'],
    ['half of a pair', '["\\ud800"]'],
    ['a name with a NUL', '{"a\\u0000": 1}'],
    ['a name with half of a pair', '[{"\\udc00": {}}]'],
  ])('refuses %s', (_, text) => {
    expect(ofVariable(text)).toEqual({ refused: expect.stringMatching(/^Remova os caracteres inválidos/) });
  });

  it('takes 10 levels and 64 kB, and no more', () => {
    expect(ofVariable(nested(10))).toHaveProperty('value');
    expect(ofVariable(nested(11))).toEqual({ refused: 'Aninhe objetos e listas em até 10 níveis.' });
    expect(ofVariable(nested(100_000))).toHaveProperty('refused');
    expect(ofVariable(JSON.stringify('x'.repeat(65_534)))).toHaveProperty('value');
    expect(ofVariable(JSON.stringify('x'.repeat(65_535)))).toEqual({
      refused: 'Use até 64 kB, escritos sem espaços.',
    });
    expect(ofVariable(JSON.stringify('é'.repeat(40_000)))).toHaveProperty('refused');
  });

  it('refuses a variable inside of a literal before it is executed', () => {
    expect(ofLiteral('{a: [$x]}')).toEqual({
      refused: expect.stringMatching(/^Informe o documento inteiro/),
    });
  });
});
