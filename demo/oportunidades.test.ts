import { gerarClientes } from './clientes';
import { etapas, motivosPerda } from './funil';
import { gerarOportunidades, type Oportunidade } from './oportunidades';

const clientes = gerarClientes();
const oportunidades = gerarOportunidades(clientes);
const as = (situacao: Oportunidade['desfecho']['situacao']) =>
  oportunidades.filter(({ desfecho }) => desfecho.situacao === situacao);

test('every call answers the same', () => {
  expect(gerarOportunidades(gerarClientes())).toEqual(oportunidades);
});

test('100 are open, fewer in each etapa than in the one before', () => {
  const perEtapa = etapas.map((_, etapa) => as('ABERTA').filter((one) => one.etapa === etapa).length);
  expect(as('ABERTA')).toHaveLength(100);
  expect(perEtapa).toEqual(perEtapa.toSorted((a, b) => b - a));
  expect(perEtapa.at(-1)).toBeGreaterThan(0);
});

test('some are won, some are lost for reasons that exist', () => {
  expect(as('GANHA').length).toBeGreaterThan(10);
  expect(as('PERDIDA').length).toBeGreaterThan(10);
  for (const { desfecho } of as('PERDIDA')) {
    expect(desfecho.situacao === 'PERDIDA' && motivosPerda[desfecho.motivo]).toBeTruthy();
  }
});

test('each is of a customer who is not excluded', () => {
  for (const { cliente } of oportunidades) expect(clientes[cliente]?.excluido).toBe(false);
});

test('amounts are positive, in whole centavos, a few of them in dollars', () => {
  for (const { valor } of oportunidades) {
    expect(Number.isSafeInteger(valor.centavos)).toBe(true);
    expect(valor.centavos).toBeGreaterThan(0);
  }
  const emDolar = oportunidades.filter(({ valor }) => valor.moeda === 'USD');
  expect(emDolar.length).toBeGreaterThan(0);
  expect(emDolar.length).toBeLessThan(20);
});
