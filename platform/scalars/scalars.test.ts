import fc from 'fast-check';
import { GraphQLError, type GraphQLScalarType, parseValue } from 'graphql';
import { CalendarDate, CEP, Centavos, CNPJ, CPF, DateTime, Documento, Email, Telefone } from '.';
import { nonsense } from './text-arbitraries';

/** The scalar, something valid as a client sends it, and what the answer then has. */
const cases: [name: string, scalar: GraphQLScalarType, sent: string | number, answered: string | number][] = [
  ['Centavos', Centavos, -1990, -1990],
  ['CEP', CEP, '01310-100', '01310100'],
  ['CNPJ', CNPJ, '12.abc.345/01de-35', '12ABC34501DE35'],
  ['CPF', CPF, '529.982.247-25', '52998224725'],
  ['Date', CalendarDate, '2024-02-29', '2024-02-29'],
  ['DateTime', DateTime, '2026-07-31T12:00:00-03:00', '2026-07-31T15:00:00.000Z'],
  ['Documento', Documento, '529.982.247-25', '52998224725'],
  ['Email', Email, ' Maria@Exemplo.com', 'maria@exemplo.com'],
  ['Telefone', Telefone, '(11) 8765-4321', '+5511987654321'],
];

const refusal = (work: () => unknown): GraphQLError => {
  try {
    work();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe.each(cases)('%s', (name, scalar, sent, answered) => {
  const instruction = refusal(() => scalar.parseValue({})).message;

  test('has its name in the graph, a description and an instruction', () => {
    expect(scalar.name).toBe(name);
    expect(scalar.description).toMatch(/\.$/);
    expect(instruction).toMatch(/^Informe .*\.$/);
  });

  test('reads a variable and a literal alike, and answers the normal form', () => {
    const literal = parseValue(JSON.stringify(sent));
    expect(scalar.serialize(scalar.parseValue(sent))).toBe(answered);
    expect(scalar.serialize(scalar.parseLiteral(literal))).toBe(answered);
    expect(scalar.serialize(scalar.parseValue(answered))).toBe(answered);
  });

  test('refuses with one and the same sentence, which therefore repeats nothing of the value', () => {
    const almostRight = fc.nat(String(sent).length).map((cut) => `${String(sent).slice(0, cut)}#`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), almostRight, fc.double(), fc.object()), (input) => {
        fc.pre(!Number.isSafeInteger(input));
        const error = refusal(() => scalar.parseValue(input));
        expect(error.message).toBe(instruction);
        expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT', motivo: 'DADOS_INVALIDOS' });
      }),
    );
  });

  test.each([
    '"nonsense"',
    '"""\n52998224724\n"""',
    '1.5',
    '1e3',
    '99999999999999999999',
    'true',
    'null',
    'SOMETHING',
    '[1]',
    '{ a: "b" }',
  ])('refuses the literal %s and says where it stands', (source) => {
    const literal = parseValue(source);
    const error = refusal(() => scalar.parseLiteral(literal));
    expect(error.message).toBe(instruction);
    expect(error.nodes).toEqual([literal]);
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('refuses a megabyte of nonsense at once', () => {
    const start = performance.now();
    for (const text of nonsense) expect(refusal(() => scalar.parseValue(text)).message).toBe(instruction);
    // Some 20 ms; a pattern that backtracks would need minutes.
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test.each([
    null,
    undefined,
    '',
    'corrupt',
    52998224725,
    0.5,
    2n ** 53n,
    true,
    new Date(Number.NaN),
    {},
    [answered],
  ])('does not answer a corrupt stored value, nor repeats it (%#)', (stored) => {
    expect(() => scalar.serialize(stored)).toThrow(new Error(`a stored value is not a valid ${name}`));
  });
});

test.each([
  [CPF, '529.982.247-25'],
  [CNPJ, '12abc34501de35'],
  [Documento, '52998224724'],
  [CEP, '01310-100'],
  [Email, 'Maria@exemplo.com'],
  [Telefone, '(11) 98765-4321'],
  [CalendarDate, '2026-02-30'],
  [DateTime, '2026-07-31T15:00:00.000Z'],
  [Centavos, 1990],
])('%s answers only its stored form', (scalar, stored) => {
  expect(() => scalar.serialize(stored)).toThrow('a stored value is not a valid');
});

test.each([
  [Telefone, '+5510999999999'],
  [Email, 'maria@exemplo.naoexiste-1'],
])('%s answers what an older release of its library accepted', (scalar, stored) => {
  expect(() => scalar.parseValue(stored)).toThrow(GraphQLError);
  expect(scalar.serialize(stored)).toBe(stored);
});
