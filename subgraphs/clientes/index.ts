import { consumption } from '../../platform/events/consumption';
import { deadLettersResolver } from '../../platform/events/dead-letters/dead-letters.resolver';
import { defineSubgraph } from '../../platform/subgraph/define-subgraph';
import { ownedEntity, referencedEntity } from '../../platform/subgraph/entities';
import { ClienteResolver } from './cliente/cliente.resolver';
import { Cliente } from './cliente/cliente.type';
import { type ClientesContext, createContext, eventDatabase, start } from './context';
import { EnderecoResolver } from './endereco/endereco.resolver';
import { NotaResolver } from './nota/nota.resolver';
import { subscribers } from './subscribers';
import { Usuario } from './usuario/usuario.type';

export default defineSubgraph({
  name: 'clientes',
  entities: [
    ownedEntity(Cliente, ({ loaders }: ClientesContext, id) => loaders.cliente.load(id)),
    referencedEntity(Usuario),
  ],
  resolvers: [ClienteResolver, EnderecoResolver, NotaResolver, deadLettersResolver('Clientes')],
  start,
  context: createContext,
  consumption: consumption(subscribers, eventDatabase),
});
