import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { buildFederatedSchema } from '../../subgraph/federated-schema';
import { deadLettersResolver } from './dead-letters.resolver';

test('several domains can offer their dead events in one supergraph', () => {
  const subgraph = (name: string, domain: string) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(
      buildFederatedSchema({ name, entities: [], resolvers: [deadLettersResolver(domain)] }).sdl,
    ),
  });
  const { errors, supergraphSdl } = composeServices([
    subgraph('vendas', 'Vendas'),
    subgraph('tarefas', 'Tarefas'),
  ]);
  expect(errors).toBeUndefined();
  for (const domain of ['Vendas', 'Tarefas']) {
    expect(supergraphSdl).toMatch(new RegExp(`eventosMortosDe${domain}\\([^)]*\\): EventoMortoConnection!`));
    expect(supergraphSdl).toMatch(
      new RegExp(`reprocessarEventoDe${domain}\\([^)]*\\): ReprocessamentoDeEvento!`),
    );
  }
});
