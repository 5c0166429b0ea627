import { routesOf } from './routes';

test('a consumer has a route for each kind of aggregate of which it wants any event', () => {
  expect(
    routesOf({
      vendas: ['ClienteCriado', 'ClienteExcluido'],
      tarefas: ['OportunidadeGanha', 'ClienteCriado'],
      agenda: [],
    }),
  ).toEqual([
    { destino: 'vendas', agregadoTipo: 'Cliente' },
    { destino: 'tarefas', agregadoTipo: 'Oportunidade' },
    { destino: 'tarefas', agregadoTipo: 'Cliente' },
  ]);
});
