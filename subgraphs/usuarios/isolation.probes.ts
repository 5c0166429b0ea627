import type { Probes } from '../testing/isolation/probes';
import auditoria from './auditoria/isolation.probes';
import type { ConviteRepository } from './convite/convite.repository';
import type { MembroRepository } from './membro/membro.repository';
import type { createOrganizacaoRepository } from './organizacao/organizacao.repository';
import type { PerfilRepository } from './perfil/perfil.repository';
import type { createUsuarioRepository } from './usuario/usuario.repository';

const instante = new Date('2026-01-01T00:00:00Z');

const novo = '019a0000-0000-7000-8000-000000000001';
const firstPage = { ordem: 'MEMBRO_CRIADO_EM_ASC', limit: 10, backward: false, from: null };

const usuarios: Probes<ReturnType<typeof createUsuarioRepository>> = {
  porIds: (repository, idOf) => repository.porIds([idOf('usuario')]),
};

const organizacoes: Probes<ReturnType<typeof createOrganizacaoRepository>> = {
  porIds: (repository, idOf) => repository.porIds([idOf('organizacao')]),
  // The owner is refused a second row of its own id.
  inserir: (repository) => repository.inserir({ nome: 'Sonda', criadaEm: instante }),
  travar: (repository) => repository.travar(),
};

const membros: Probes<MembroRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('membro')]),
  listar: (repository) => repository.listar({ ativo: true }, firstPage),
  contar: (repository) => repository.contar({ ativo: true }),
  travar: (repository, idOf) => repository.travar(idOf('membro')),
  travarDaPessoa: (repository, idOf) => repository.travarDaPessoa(idOf('usuario')),
  comEmail: (repository) => repository.comEmail('ocupado@exemplo.com'),
  travarDasPessoas: (repository, idOf) => repository.travarDasPessoas([idOf('usuario')]),
  // The owner is refused because the person is a member, a stranger because it does not exist.
  inserir: (repository, idOf) =>
    repository.inserir({ id: novo, usuarioId: idOf('usuario'), ativo: true, versao: 1, criadoEm: instante }),
  gravar: (repository, idOf) =>
    repository.gravar({
      id: idOf('membro'),
      usuarioId: idOf('usuario'),
      ativo: false,
      versao: 9,
      criadoEm: instante,
    }),
  haOutroAdministrador: (repository) => repository.haOutroAdministrador(novo),
};

const umPerfil = (id: string) => ({
  id,
  nome: 'Sonda',
  embutido: null,
  concessoes: [{ permissao: 'clientes:ler', alcance: 'TODOS' as const }],
  versao: 9,
  criadoEm: instante,
});

const perfis: Probes<PerfilRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('perfil')]),
  listar: (repository) => repository.listar(),
  dosMembros: (repository, idOf) => repository.dosMembros([idOf('membro')]),
  contar: (repository) => repository.contar(),
  haOutroComNome: (repository) => repository.haOutroComNome('Ocupado', novo),
  travar: (repository, idOf) => repository.travar(idOf('perfil')),
  // Whoever is no organization is refused one.
  inserir: (repository) => repository.inserir([umPerfil(novo)]),
  gravar: (repository, idOf) => repository.gravar(umPerfil(idOf('perfil'))),
  // Somebody has it: the owner is refused, a stranger does not find it.
  apagar: (repository, idOf) => repository.apagar(idOf('perfil')),
  pessoasCom: (repository, idOf) => repository.pessoasCom(idOf('perfil')),
  // The owner takes away what the Membro has.
  atribuir: (repository, idOf) => repository.atribuir(idOf('membro'), []),
};

const convites: Probes<ConviteRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('convite')]),
  listar: (repository) => repository.listar({ ...firstPage, ordem: 'CONVITE_CRIADO_EM_DESC' }),
  contar: (repository) => repository.contar(),
  haOutroAberto: (repository) => repository.haOutroAberto('ocupado@exemplo.com', novo, instante),
  inserir: (repository, idOf) =>
    repository.inserir({
      id: novo,
      email: 'sonda@exemplo.com',
      convidadoPor: novo,
      criadoEm: instante,
      expiraEm: instante,
      perfilIds: [idOf('perfil')],
    }),
  renovar: (repository, idOf) =>
    repository.renovar({ id: idOf('convite'), convidadoPor: novo, expiraEm: instante }),
  encerrar: (repository, idOf) => repository.encerrar(idOf('convite'), 'aceitoEm', instante),
};

export default {
  ...auditoria,
  createUsuarioRepository: usuarios,
  createOrganizacaoRepository: organizacoes,
  createMembroRepository: membros,
  createPerfilRepository: perfis,
  createConviteRepository: convites,
};
