import { unauthenticated } from './errors';
import { createGraphClient } from './graph-client';
import type { SubgraphResponse } from './subgraph-link';
import { aCaller, askingAs } from './testing/callers';

const clientes = { subgraph: 'clientes', typeName: 'Cliente', nome: 'Cliente' };

const clientAnswering = (answer: () => Promise<SubgraphResponse>) => {
  const link = jest.fn(answer);
  const asking = askingAs(aCaller());
  return { link, asking, graph: createGraphClient(() => link, asking) };
};

describe('the graph client', () => {
  it('asks the owner of the entity, as the same Caller', async () => {
    const { link, asking, graph } = clientAnswering(async () => ({
      data: { _entities: [{ id: '1', ativo: true }] },
    }));
    expect(await graph.entity(clientes, '1', 'id ativo')).toEqual({ id: '1', ativo: true });
    expect(link).toHaveBeenCalledWith(
      {
        query: expect.stringContaining('...on Cliente{id ativo}'),
        variables: { representations: [{ __typename: 'Cliente', id: '1' }] },
      },
      asking,
    );
  });

  it.each([
    ['what does not exist', { data: { _entities: [null] } }],
    [
      'what the Caller may not see',
      { data: { _entities: null }, errors: [{ message: 'não', extensions: { code: 'FORBIDDEN' } }] },
    ],
  ])('answers null for %s, and names the field when it was required', async (_, answer) => {
    const { graph } = clientAnswering(async () => answer);
    expect(await graph.entity(clientes, '1', 'id')).toBeNull();
    await expect(graph.requireEntity(clientes, '1', 'dados.clienteId')).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND', campos: [{ campo: 'dados.clienteId' }] },
    });
  });

  it.each<[string, () => Promise<SubgraphResponse>]>([
    ['does not answer', () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1'))],
    ['answers nonsense', async () => ({ data: {} })],
    ['fails', async () => ({ data: { _entities: [null] }, errors: [unauthenticated().toJSON()] })],
  ])('is unavailable when the other domain %s', async (_, answer) => {
    const { graph } = clientAnswering(answer);
    await expect(graph.entity(clientes, '1', 'id')).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });
});
