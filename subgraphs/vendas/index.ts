import { consumption } from '../../platform/events/consumption';
import { deadLettersResolver } from '../../platform/events/dead-letters/dead-letters.resolver';
import { defineSubgraph } from '../../platform/subgraph/define-subgraph';
import { extendedEntity, ownedEntity, referencedEntity } from '../../platform/subgraph/entities';
import { ClienteResolver } from './cliente/cliente.resolver';
import { Cliente } from './cliente/cliente.type';
import { createContext, eventDatabase, start, type VendasContext } from './context';
import { EtapaFunilResolver } from './etapa/etapa.resolver';
import { FunilResolver } from './funil/funil.resolver';
import { HistoricoOportunidadeResolver } from './historico/historico.resolver';
import { MotivoPerdaResolver } from './motivo-perda/motivo-perda.resolver';
import { OportunidadeMutations } from './oportunidade/oportunidade.mutations';
import { OportunidadeResolver } from './oportunidade/oportunidade.resolver';
import { Oportunidade } from './oportunidade/oportunidade.type';
import { subscribers } from './subscribers';
import { Usuario } from './usuario/usuario.type';

export default defineSubgraph({
  name: 'vendas',
  entities: [
    ownedEntity(Oportunidade, ({ loaders }: VendasContext, id) => loaders.oportunidade.load(id)),
    extendedEntity(Cliente),
    referencedEntity(Usuario),
  ],
  resolvers: [
    FunilResolver,
    EtapaFunilResolver,
    MotivoPerdaResolver,
    OportunidadeResolver,
    OportunidadeMutations,
    HistoricoOportunidadeResolver,
    ClienteResolver,
    deadLettersResolver('Vendas'),
  ],
  start,
  context: createContext,
  consumption: consumption(subscribers, eventDatabase),
});
