import { randomUUID } from 'node:crypto';
import type { MutationProbes, World } from '../testing/idempotency/probes';
import { plantarOrganizacao } from './testing/plantar-organizacao';

/** An organization with people in it: what people may do is read anew for each change of it. */
const umaPadaria = async ({ plantar }: World) => {
  const { pessoa, perfis } = await plantarOrganizacao(plantar);
  const { caller } = await pessoa();
  const { caller: colega } = await pessoa();
  const { caller: estranha } = await (await plantarOrganizacao(plantar)).pessoa(
    ['ADMINISTRADOR'],
    caller.usuarioId,
  );
  return { perfis, pessoa, quem: { caller, colega, estranha } };
};

const concessoes = [{ permissao: 'clientes:ler', alcance: 'TODOS' }];

const umPerfil = async (world: World) => {
  const { quem } = await umaPadaria(world);
  const { id } = await world.fazer('criarPerfil', { dados: { nome: 'Digitado', concessoes } }, quem.caller);
  return { id, quem };
};

const umaPessoa = async (world: World) => {
  const { perfis, pessoa, quem } = await umaPadaria(world);
  return { perfis, quem, ...(await pessoa(['LEITURA'])) };
};

/** The session of the token with which somebody asks. */
const umaSessao = async (world: World) => {
  const { quem } = await umaPadaria(world);
  const { sessaoId, organizacaoId, usuarioId } = quem.caller;
  await world.plantar(
    `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
     VALUES ($1, $2, $3, uuidv7(), now(), now(), now() + interval '1 day')`,
    [sessaoId, organizacaoId, usuarioId],
  );
  return { quem };
};

const umConvite = async (world: World) => {
  const { perfis, quem } = await umaPadaria(world);
  const dados = { email: `Digitado-${randomUUID()}@exemplo.com`, perfilIds: [perfis.LEITURA] };
  const { id } = await world.fazer('convidarUsuario', { dados }, quem.caller);
  return { args: { dados: { conviteId: id } }, ...quem };
};

export default {
  criarPerfil: async (world) => ({
    args: { dados: { nome: 'Digitado', concessoes } },
    outros: { dados: { nome: 'Outro', concessoes } },
    recusados: { dados: { nome: 'Vendedor', concessoes } },
    ...(await umaPadaria(world)).quem,
  }),
  editarPerfil: async (world) => {
    const { id, quem } = await umPerfil(world);
    return { args: { dados: { id, versao: 1, nome: 'Digitado 2', concessoes: [] } }, ...quem };
  },
  excluirPerfil: async (world) => {
    const { id, quem } = await umPerfil(world);
    return { args: { dados: { id } }, ...quem };
  },

  alterarPerfisDoMembro: async (world) => {
    const { membroId, perfis, quem } = await umaPessoa(world);
    return { args: { dados: { membroId, perfilIds: [perfis.VENDEDOR] } }, ...quem };
  },
  desativarMembro: async (world) => {
    const { membroId, quem } = await umaPessoa(world);
    return { args: { dados: { membroId } }, ...quem };
  },
  reativarMembro: async (world) => {
    const { membroId, quem } = await umaPessoa(world);
    await world.fazer('desativarMembro', { dados: { membroId } }, quem.caller);
    return { args: { dados: { membroId } }, ...quem };
  },
  encerrarSessoesDoMembro: async (world) => {
    const { membroId, caller, quem } = await umaPessoa(world);
    await world.plantar(
      `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
       VALUES (uuidv7(), $1, $2, uuidv7(), now(), now(), now() + interval '1 day')`,
      [caller.organizacaoId, caller.usuarioId],
    );
    return { args: { dados: { membroId } }, ...quem };
  },

  convidarUsuario: async (world) => {
    const { perfis, quem } = await umaPadaria(world);
    const dados = { email: `Digitado-${randomUUID()}@exemplo.com`, perfilIds: [perfis.LEITURA] };
    return { args: { dados }, ...quem };
  },
  cancelarConvite: umConvite,
  reenviarConvite: umConvite,

  reprocessarEventoDeUsuarios: async ({ caller, plantar }) => {
    const id = randomUUID();
    await plantar(
      `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia,
         envelope, situacao, tentativas, criado_em, atualizado_em)
       VALUES ($1, $2, 'EquipeAlterada', 'Equipe', $1, 1, '{}', 'MORTO', 1, now(), now())`,
      [id, caller.organizacaoId],
    );
    return { args: { dados: { id } } };
  },

  sair: async (world) => {
    const { quem } = await umaSessao(world);
    return { args: {}, recusados: null, ...quem };
  },
  sairDeTodas: async (world) => {
    const { quem } = await umaSessao(world);
    return { args: {}, recusados: null, ...quem };
  },
  encerrarSessao: async (world) => {
    const { quem } = await umaSessao(world);
    return { args: { dados: { id: quem.caller.sessaoId } }, ...quem };
  },
} satisfies MutationProbes;
