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
  ['', '', 'SQL'],
  ['(SELECT 1)', '(SELECT ?)', 'SQL'],
])('%s', (statement, text, name) => {
  const described = describeStatement(statement);
  expect(described.name).toBe(name);
  if (text !== undefined) expect(described.text).toBe(text);
  expect(described.name.startsWith(described.operation)).toBe(true);
});

const parts = fc.string({ unit: fc.constantFrom('a', "'", '$', '"', ' ', '1', '\\', '-', ';') });

test('a literal is never told, whatever is in it, and placeholders are', () =>
  fc.assert(
    fc.property(parts, parts, fc.nat(), (before, after, number) => {
      const secret = `${before}CANARIO${after}`.replaceAll("'", "''");
      const { text } = describeStatement(
        `SELECT * FROM t WHERE a = '${secret}' AND b = $7 AND c = ${number}`,
      );
      expect(text).toBe('SELECT * FROM t WHERE a = ? AND b = $7 AND c = ?');
    }),
  ));

test('what is long is told up to its 4,096th character, a literal cut in two included', () => {
  const { text } = describeStatement(`SELECT ${'a, '.repeat(1_360)}'${'CANARIO'.repeat(10)}'`);
  expect(text.length).toBeLessThanOrEqual(4_096);
  expect(text).not.toContain('CANARIO');
});
