import * as fc from 'fast-check';
import { describeStatement } from './statement-text';

test.each([
  ['SELECT 1', 'SELECT ?', 'SELECT'],
  [
    '  select "t0"."id" FROM "public"."cliente" AS "t0" WHERE "t0"."id" = $1 LIMIT 21',
    undefined,
    'SELECT cliente',
  ],
  [
    "INSERT INTO teia.outbox (a) VALUES ('x', $1)",
    'INSERT INTO teia.outbox (a) VALUES (?, $1)',
    'INSERT teia.outbox',
  ],
  [
    "UPDATE cliente SET nome = 'D''Ávila', n = -1.5e-3, t1 = $12",
    'UPDATE cliente SET nome = ?, n = -?, t1 = $12',
    'UPDATE cliente',
  ],
  ['DELETE FROM "sessao" WHERE x', 'DELETE FROM "sessao" WHERE x', 'DELETE sessao'],
  ["SELECT E'a\\'b', $$c'd$$, $q$e$f$q$ FROM t", 'SELECT ?, ?, ? FROM t', 'SELECT t'],
  [
    "SET LOCAL teia.organizacao = '0193a4de-0000-7000-8000-000000000001'",
    'SET LOCAL teia.organizacao = ?',
    'SET',
  ],
  ['WITH a AS (SELECT 1) SELECT a.b2 FROM a', 'WITH a AS (SELECT ?) SELECT a.b2 FROM a', 'WITH'],
  ['BEGIN', 'BEGIN', 'BEGIN'],
  [`SELECT "d'agua" FROM "a""'b" WHERE c = 'x'`, `SELECT "d'agua" FROM "a""'b" WHERE c = ?`, 'SELECT a'],
  ["-- it's\nSELECT 'x'", 'SELECT ?', 'SELECT'],
  ["/* it's */ SELECT 'x' -- it's", 'SELECT ?', 'SELECT'],
  ["SELECT 'x' /* a /* it's */ it's */, 'y'", 'SELECT ?', 'SELECT'],
  ["SELECT date'x\\', 'y'", 'SELECT date?, ?', 'SELECT'],
  ["SELECT e'a\\\n\\'b'\n  'c\\'d', 'e'", 'SELECT ?, ?', 'SELECT'],
  ['SELECT 0x1F, 1_000, .5, 2e10, a1, $1', 'SELECT ?, ?, ?, ?, a1, $1', 'SELECT'],
  ["SELECT a$b$, 'x $b$ y', $A$ $a$ z $A$, ção'x'", 'SELECT a$b$, ?, ?, ção?', 'SELECT'],
  ['', '', 'SQL'],
  ['(SELECT 1)', '(SELECT ?)', 'SQL'],
])('%s', (statement, text, name) => {
  const described = describeStatement(statement);
  expect(described.name).toBe(name);
  if (text !== undefined) expect(described.text).toBe(text);
  expect(described.name.startsWith(described.operation)).toBe(true);
});

const parts = fc.string({ unit: fc.constantFrom('a', "'", '$', '"', ' ', '1', '\\', '-', ';') });

const quoted = (quote: string) => (text: string) => quote + text.replaceAll(quote, quote + quote) + quote;
const secret = fc.tuple(parts, parts).map(([before, after]) => `${before}CANARIO${after}`);
const digits = fc.nat().map(String);
const told = (text: string) => (sql: string) => ({ sql, text });
const lexemes = fc.oneof(
  secret.map(quoted("'")).map(told('?')),
  secret.map((text) => `date${quoted("'")(text)}`).map(told('date?')),
  secret.map((text) => `e'${text.replaceAll(/['\\]/g, '\\$&')}'`).map(told('?')),
  secret.map((text) => `$fim$${text}$fim$`).map(told('?')),
  digits.map(told('?')),
  digits.map((value) => `0x${value}F`).map(told('?')),
  digits.map((value) => `1_${value}.5e-3`).map(told('?')),
  secret.map((text) => `--${text}\n`).map(told(' \n')),
  secret.map((text) => `/*${text}*/`).map(told(' ')),
  parts.map(quoted('"')).map((name) => told(name)(name)),
  fc.constantFrom('t1', '"T".a', '$7', 'e').map((name) => told(name)(name)),
);

test('a literal is never told, whatever is in it or before it; names and placeholders are', () =>
  fc.assert(
    fc.property(fc.array(lexemes), (given) => {
      const { text } = describeStatement(`SELECT ${given.map(({ sql }) => sql).join(' AND ')} END`);
      expect(text).toBe(`SELECT ${given.map((lexeme) => lexeme.text).join(' AND ')} END`);
    }),
  ));

test('what is long is told up to its 4,096th character, a literal cut in two included', () => {
  const { text } = describeStatement(`SELECT ${'a, '.repeat(1_360)}'${'CANARIO'.repeat(10)}'`);
  expect(text.length).toBeLessThanOrEqual(4_096);
  expect(text).not.toContain('CANARIO');
});
