import { consumption } from '../../platform/events/consumption';
import { deadLettersResolver } from '../../platform/events/dead-letters/dead-letters.resolver';
import { defineSubgraph } from '../../platform/subgraph/define-subgraph';
import { ownedEntity } from '../../platform/subgraph/entities';
import { AuditoriaResolver } from './auditoria/auditoria.resolver';
import { ConfirmacaoResolver } from './confirmacao/confirmacao.resolver';
import { ContaResolver } from './conta/conta.resolver';
import { createContext, eventDatabase, start, type UsuariosContext } from './context';
import { ConviteResolver } from './convite/convite.resolver';
import { MembroResolver } from './membro/membro.resolver';
import { OrganizacaoResolver } from './organizacao/organizacao.resolver';
import { Organizacao } from './organizacao/organizacao.type';
import { PerfilResolver } from './perfil/perfil.resolver';
import { RevogacaoResolver } from './revogacao/revogacao.resolver';
import { SessaoResolver } from './sessao/sessao.resolver';
import { subscribers } from './subscribers';
import { UsuarioResolver } from './usuario/usuario.resolver';
import { Usuario } from './usuario/usuario.type';

export default defineSubgraph({
  name: 'usuarios',
  entities: [
    // Their fields are open to whoever gets hold of one, as by `eu` or by signing in: here, and for a Usuario by the
    // loader, it is decided who does.
    ownedEntity(Usuario, ({ loaders }: UsuariosContext, id) => loaders.usuario.load(id)),
    ownedEntity(Organizacao, async ({ policy, loaders }: UsuariosContext, id) =>
      policy.veSuaOrganizacao() ? loaders.organizacao.load(id) : null,
    ),
  ],
  resolvers: [
    UsuarioResolver,
    MembroResolver,
    PerfilResolver,
    OrganizacaoResolver,
    ConfirmacaoResolver,
    ConviteResolver,
    SessaoResolver,
    ContaResolver,
    RevogacaoResolver,
    AuditoriaResolver,
    deadLettersResolver('Usuarios'),
  ],
  start,
  context: createContext,
  consumption: consumption(subscribers, eventDatabase),
});
