import { Prisma } from '../../../prisma/usuarios/client/client';

/** An instant as text that is the same on every connection, and different for different instants, however odd. */
export const instantText = (column: string): Prisma.Sql =>
  Prisma.raw(`CASE WHEN ${column} BETWEEN '0001-01-01 UTC' AND '9999-12-31 UTC'
    THEN to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ELSE extract(epoch FROM ${column})::text END`);

/** What to select of a record that is sealed, or checked against its seal. */
export const columnsSealed = Prisma.sql`
  organizacao_id AS "organizacaoId", numero, id, dominio, usuario_id AS "usuarioId", sessao_id AS "sessaoId", acao,
  entidade, entidade_id AS "entidadeId", campos, abbrev(ip) AS ip, user_agent AS "userAgent",
  request_id AS "requestId", ${instantText('em')} AS em`;
