import { type Sql, sqltag as sql } from '@prisma/client/runtime/client';
import { withinReach } from '../../../platform/db/reach-sql';
import type { Reach } from '../../../platform/reach';
import { fimDoPrefixo, palavrasDaBusca } from './termos-de-busca';

/** What of an organization's Clientes somebody sees. */
export type Visao = {
  readonly alcance: Reach;
  /** Whose documents, never more than the Clientes themselves; null for nobody's. */
  readonly documentos: Reach | null;
};

const begins = (palavra: string): Sql => sql`t.termo >= ${palavra} AND t.termo < ${fimDoPrefixo(palavra)}`;

const found = (palavra: string, organizacaoId: string, { alcance, documentos }: Visao): Sql => {
  if (documentos?.alcance === alcance.alcance) {
    return sql`AND EXISTS (
      SELECT FROM termo_busca t
      WHERE t.organizacao_id = c.organizacao_id AND t.cliente_id = c.id AND ${begins(palavra)})`;
  }
  if (!documentos) {
    return sql`AND EXISTS (
      SELECT FROM termo_busca t
      WHERE t.organizacao_id = c.organizacao_id AND t.cliente_id = c.id AND ${begins(palavra)}
        AND NOT t.do_documento)`;
  }
  // In one EXISTS, an OR over both tables would keep a rare word from being where the plan starts.
  return sql`AND c.id IN (
    SELECT t.cliente_id FROM termo_busca t
    WHERE t.organizacao_id = ${organizacaoId}::uuid AND ${begins(palavra)} AND NOT t.do_documento
    UNION ALL
    SELECT d.id FROM termo_busca t JOIN cliente d ON d.organizacao_id = t.organizacao_id AND d.id = t.cliente_id
    WHERE t.organizacao_id = ${organizacaoId}::uuid AND ${begins(palavra)} AND t.do_documento
      AND ${withinReach(documentos, organizacaoId, sql`d.responsavel_id`)})`;
};

/**
 * The conditions, to append to a WHERE, by which a search finds Clientes `c`: not by documents that it must not tell.
 * A search for nothing but punctuation finds nothing.
 */
export const searched = (busca: string, organizacaoId: string, visao: Visao): Sql[] => {
  const palavras = palavrasDaBusca(busca);
  if (palavras.length === 0 && busca.trim()) return [sql`AND false`];
  return palavras.map((palavra) => found(palavra, organizacaoId, visao));
};
