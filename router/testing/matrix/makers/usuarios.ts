import { v7 } from 'uuid';
import type { Kind } from '../kinds';
import { type Coisas, eventoMorto, type Maker, texto } from '../making';

const pessoa = async ({ organizacao }: Coisas) => organizacao.pessoa(['LEITURA']);

/** How things of usuarios come to be. */
export const usuarios = {
  /** Somebody of the organization. */
  usuario: async (coisas) => (await pessoa(coisas)).caller.usuarioId,
  membro: async (coisas) => (await pessoa(coisas)).membroId,
  membroInativo: async ({ outras, fazer }) =>
    fazer('desativarMembro', { dados: { membroId: await outras().um('membro') } }),
  perfil: ({ fazer }) =>
    fazer('criarPerfil', {
      dados: { nome: `${texto} ${v7()}`, concessoes: [{ permissao: 'clientes:ler', alcance: 'PROPRIOS' }] },
    }),
  convite: async ({ um, fazer }) =>
    fazer('convidarUsuario', {
      dados: { email: `${v7()}@exemplo.com`, perfilIds: [await um('perfil')] },
    }),
  /** A session of who makes the things. */
  sessao: ({ matrix, quem }) => matrix.novaSessao(quem),
  /** Another organization of who makes the things. */
  outraOrganizacao: async ({ matrix, quem }) => {
    const outra = await matrix.novaOrganizacao();
    await outra.pessoa(['LEITURA'], quem.usuarioId);
    return outra.organizacaoId;
  },
  /** What somebody did to something, as the audit tells. */
  auditado: async ({ um, matrix, organizacao, quem }) => {
    const id = v7();
    await matrix.rowsOf(
      'usuarios',
      `WITH escopo AS MATERIALIZED (SELECT set_config('teia.organizacao', $1, true))
       INSERT INTO auditoria (organizacao_id, id, dominio, usuario_id, sessao_id, acao, entidade, entidade_id,
         campos, ip, user_agent, request_id, em)
       SELECT $1::uuid, $2, 'clientes', $3, $2, 'cliente.criar', 'Cliente', $4, '{nome}',
         '192.0.2.1', 'Navegador', 'pedido', now() FROM escopo`,
      [organizacao.organizacaoId, id, quem.usuarioId, await um('cliente')],
    );
    return um('cliente');
  },
  auditor: async ({ um, quem }) => {
    await um('auditado');
    return quem.usuarioId;
  },
  /** A seal, which is not that of the records. */
  selo: async ({ um, matrix, organizacao }) => {
    await um('auditado');
    await matrix.rowsOf(
      'usuarios',
      `INSERT INTO selo_auditoria (organizacao_id, numero, primeiro_numero, ultimo_numero, resumos, selado_em, hash)
       VALUES ($1, 1, 1, 1, ARRAY['\\x00'::bytea], now(), '\\x00')`,
      [organizacao.organizacaoId],
    );
    return organizacao.organizacaoId;
  },
  eventoDeUsuarios: eventoMorto('usuarios'),
} satisfies Partial<Record<Kind, Maker>>;
