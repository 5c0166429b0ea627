import type { Probes } from '../testing/isolation/probes';
import type { createMembroRepository } from './membro/membro.repository';
import type { createOrganizacaoRepository } from './organizacao/organizacao.repository';
import type { createSessaoRepository } from './sessao/sessao.repository';
import type { createUsuarioRepository } from './usuario/usuario.repository';

const instante = new Date('2026-01-01T00:00:00Z');

const usuarios: Probes<ReturnType<typeof createUsuarioRepository>> = {
  porIds: (repository, idOf) => repository.porIds([idOf('usuario')]),
};

const organizacoes: Probes<ReturnType<typeof createOrganizacaoRepository>> = {
  porIds: (repository, idOf) => repository.porIds([idOf('organizacao')]),
  // The owner is refused a second row of its own id.
  inserir: (repository) => repository.inserir({ nome: 'Sonda', criadaEm: instante }),
};

const membros: Probes<ReturnType<typeof createMembroRepository>> = {
  // The owner is refused because the person is a member, a stranger because it does not exist.
  inserir: (repository, idOf) =>
    repository.inserir({
      id: '019a0000-0000-7000-8000-000000000001',
      usuarioId: idOf('usuario'),
      perfil: 'ADMINISTRADOR',
      ativo: true,
      criadoEm: instante,
    }),
};

const sessoes: Probes<ReturnType<typeof createSessaoRepository>> = {
  inserir: (repository, idOf) =>
    repository.inserir({
      id: '019a0000-0000-7000-8000-000000000002',
      usuarioId: idOf('usuario'),
      tokenHash: 'sonda',
      criadaEm: instante,
      usadaEm: instante,
      expiraEm: instante,
    }),
  revogar: (repository, idOf) =>
    repository.revogar({ id: idOf('sessao'), usuarioId: idOf('usuario'), agora: instante }),
};

export default {
  createUsuarioRepository: usuarios,
  createOrganizacaoRepository: organizacoes,
  createMembroRepository: membros,
  createSessaoRepository: sessoes,
};
