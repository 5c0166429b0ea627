import { keysetSql } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import { Prisma } from '../../../prisma/usuarios/client/client';
import { auditoriaOrder } from './auditoria.orders';
import type { AuditoriaFiltro, RegistroAuditoria } from './auditoria.type';
import type { RegistroGuardado } from './registro';
import { columnsSealed } from './registro.stored';

/** One that has no number yet. */
export type NovoRegistro = Omit<RegistroGuardado, 'organizacaoId' | 'numero'>;

/** Records of one organization by their numbers, the ends left out and included. */
export type Trecho = { readonly depoisDe: bigint; readonly ate: bigint };

const { sql, empty, join } = Prisma;

const matches = (
  organizacaoId: string,
  { usuarioId, acao, entidade, entidadeId, desde, ate }: AuditoriaFiltro,
): Prisma.Sql =>
  join(
    [
      sql`a.organizacao_id = ${organizacaoId}::uuid`,
      usuarioId ? sql`AND a.usuario_id = ${usuarioId}::uuid` : empty,
      acao ? sql`AND a.acao = ${acao}` : empty,
      entidade ? sql`AND a.entidade = ${entidade}` : empty,
      entidadeId ? sql`AND a.entidade_id = ${entidadeId}::uuid` : empty,
      desde ? sql`AND a.em >= ${desde}::timestamptz` : empty,
      ate ? sql`AND a.em < ${ate}::timestamptz` : empty,
    ],
    ' ',
  );

/** The audit trail of one organization: records are added, and never change. */
export const createAuditoriaRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  /** Adds a record to the end, unless it is there already: the database gives it its number. */
  acrescentar: async (registro: NovoRegistro): Promise<void> => {
    await db.$executeRaw`
        INSERT INTO auditoria (organizacao_id, id, dominio, usuario_id, sessao_id, acao, entidade,
          entidade_id, campos, ip, user_agent, request_id, em)
        VALUES (${organizacaoId}::uuid, ${registro.id}::uuid, ${registro.dominio},
          ${registro.usuarioId}::uuid, ${registro.sessaoId}::uuid, ${registro.acao}, ${registro.entidade},
          ${registro.entidadeId}::uuid, ${registro.campos}::text[],
          ${registro.ip}::inet, ${registro.userAgent}, ${registro.requestId}, ${registro.em}::timestamptz)`;
  },

  /** The page's rows in the direction of travel, and one more when there are more. */
  listar: (filtro: AuditoriaFiltro, request: PageRequest): Promise<RegistroAuditoria[]> => {
    const { after, orderBy, limit } = keysetSql(auditoriaOrder, request, 'a');
    return db.$queryRaw<RegistroAuditoria[]>`
        SELECT a.id, least(a.numero, 2147483647)::int AS numero, a.em, a.dominio, a.acao, a.entidade, a.entidade_id AS "entidadeId", a.campos,
          a.usuario_id AS "usuarioId", a.sessao_id AS "sessaoId", abbrev(a.ip) AS ip, a.user_agent AS dispositivo,
          a.request_id AS "requestId"
        FROM auditoria a WHERE ${matches(organizacaoId, filtro)} ${after} ${orderBy} ${limit}`;
  },

  contar: async (filtro: AuditoriaFiltro): Promise<number> => {
    const [{ total } = { total: 0 }] = await db.$queryRaw<{ total: number }[]>`
        SELECT count(*)::int AS total FROM auditoria a WHERE ${matches(organizacaoId, filtro)}`;
    return total;
  },

  /** In the order of their numbers, so many at most. */
  porNumeros: ({ depoisDe, ate }: Trecho, limite: number): Promise<RegistroGuardado[]> =>
    db.$queryRaw<RegistroGuardado[]>`
        SELECT ${columnsSealed} FROM auditoria
        WHERE organizacao_id = ${organizacaoId}::uuid AND numero > ${depoisDe}::bigint AND numero <= ${ate}::bigint
        ORDER BY numero LIMIT ${limite}::int`,

  /** The last number given, and the greatest that a record has; 0 for none. They are the same, unless something is wrong. */
  fim: async (): Promise<{ readonly ultimoNumero: bigint; readonly maiorNumero: bigint }> => {
    const [fim] = await db.$queryRaw<{ ultimoNumero: bigint; maiorNumero: bigint }[]>`
        SELECT
          coalesce((SELECT ultimo_numero FROM trilha WHERE organizacao_id = ${organizacaoId}::uuid), 0) AS "ultimoNumero",
          coalesce((SELECT max(numero) FROM auditoria WHERE organizacao_id = ${organizacaoId}::uuid), 0) AS "maiorNumero"`;
    return fim!;
  },
});

export type AuditoriaRepository = ReturnType<typeof createAuditoriaRepository>;
