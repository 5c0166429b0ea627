import { defineSubgraph } from '../../platform/subgraph/define-subgraph';
import { ownedEntity } from '../../platform/subgraph/entities';
import { createContext, start, type UsuariosContext } from './context';
import { MembroResolver } from './membro/membro.resolver';
import { OrganizacaoResolver } from './organizacao/organizacao.resolver';
import { Organizacao } from './organizacao/organizacao.type';
import { SessaoResolver } from './sessao/sessao.resolver';
import { UsuarioResolver } from './usuario/usuario.resolver';
import { Usuario } from './usuario/usuario.type';

export default defineSubgraph({
  name: 'usuarios',
  entities: [
    ownedEntity(Usuario, ({ policy, loaders }: UsuariosContext, id) => {
      policy.podeLerUsuarios();
      return loaders.usuario.load(id);
    }),
    ownedEntity(Organizacao, ({ policy, loaders }: UsuariosContext, id) => {
      policy.podeLerSuaOrganizacao();
      return loaders.organizacao.load(id);
    }),
  ],
  resolvers: [UsuarioResolver, MembroResolver, OrganizacaoResolver, SessaoResolver],
  start,
  context: createContext,
});
