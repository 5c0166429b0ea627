import { readConfig } from '../config';
import { defaultQueryLimits, queryLimitsOf } from './query-limits';

test('each limit has a setting of its own', () => {
  const given = {
    TEIA_LIMITE_CORPO: '1',
    TEIA_LIMITE_TOKENS: '2',
    TEIA_LIMITE_PROFUNDIDADE: '3',
    TEIA_LIMITE_APELIDOS: '4',
    TEIA_LIMITE_CAMPOS_RAIZ: '5',
    TEIA_LIMITE_CAMPOS: '6',
    TEIA_LIMITE_DIRETIVAS: '7',
    TEIA_LIMITE_CUSTO: '8',
    TEIA_LIMITE_REPRESENTACOES: '9',
  };
  expect(Object.values(queryLimitsOf(readConfig(given))).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(queryLimitsOf(readConfig({}))).toEqual(defaultQueryLimits);
});

test.each(['0', '-1', '1.5', 'muitos'])('%s is no limit, and stops the start', (given) => {
  expect(() => readConfig({ TEIA_LIMITE_CUSTO: given })).toThrow(
    'TEIA_LIMITE_CUSTO: deve ser um número inteiro a partir de 1.',
  );
});

test('pages are listed by their origins', () => {
  const { TEIA_ORIGENS } = readConfig({
    TEIA_ORIGENS: 'https://app.exemplo.com, http://localhost:3000,https://APP.exemplo.com/',
  });
  expect(TEIA_ORIGENS).toEqual(['https://app.exemplo.com', 'http://localhost:3000']);
});

test.each(['*', 'app.exemplo.com', 'https://app.exemplo.com/pagina', 'ftp://a.b', 'https://a.b,', 'null'])(
  '%s is no list of origins',
  (given) => {
    expect(() => readConfig({ TEIA_ORIGENS: given })).toThrow(
      /^TEIA_ORIGENS: deve ser uma lista de origens como /,
    );
  },
);
