import { readConfig } from '../config';
import { Limite } from '../subgraph/limite';

const read = (TEIA_LIMITE_USO?: string) => readConfig({ TEIA_LIMITE_USO }).TEIA_LIMITE_USO;

test.each([
  [undefined, { max: 1_000, windowMs: 60_000 }],
  ['50/30s', { max: 50, windowMs: 30_000 }],
  [' 1/24h ', { max: 1, windowMs: 86_400_000 }],
  ['999999999/1m', { max: 999_999_999, windowMs: 60_000 }],
  ['sem-limite', null],
])('%p is a limit of use', (given, expected) => {
  expect(read(given)).toEqual(expected);
});

test.each([
  '0/1m',
  '-1/1m',
  '1.5/1m',
  '100',
  '100/',
  '/1m',
  '100/1m/1m',
  '100/0s',
  '100/25h',
  '100/1d',
  '1e3/1m',
  'nenhum',
])('%p is none, and the start says what is', (given) => {
  expect(() => read(given)).toThrow(
    'TEIA_LIMITE_USO: deve ser um número de pedidos por janela de até 24h, como 1000/1m, ou sem-limite.',
  );
});

test('a field that declares no window of time is not compiled in silence', () => {
  expect(() => Limite({ max: 1, janela: '1 minuto', por: ['IP'] })).toThrow(
    '"1 minuto" is no window of time',
  );
});
