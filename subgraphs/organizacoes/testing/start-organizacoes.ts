import { Client } from 'pg';
import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import type { SubgraphLinks } from '../../../platform/subgraph-link';
import { startSubgraph } from '../../testing/start-subgraph';
import organizacoes from '..';

/** The subgraph of organizations beside a domain of Usuarios made of literals: it knows those of `conhecer`. */
export const startOrganizacoes = async () => {
  const conhecidos = new Map<string, string>();
  const links: SubgraphLinks = () => async (request, asking) => {
    const { representations } = request.variables as { representations: [{ id: string }] };
    const [{ id }] = representations;
    const visible = conhecidos.get(id) === asking.caller?.organizacaoId;
    return { data: { _entities: [visible ? { id } : null] } };
  };
  const subgraph = await startSubgraph(organizacoes, { links });
  const admin = new Client(subgraph.database.adminUrl);
  await admin.connect();
  const { run, data, errorOf } = subgraph;

  return {
    admin,
    run,
    data,
    errorOf,
    /** What fields of an Organizacao answer, as the router asks for them. */
    organizacao: async (caller: Caller, fields: string, id = caller.organizacaoId) => {
      const query = `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Organizacao { ${fields} } }
      }`;
      const representations = [{ __typename: 'Organizacao', id }];
      return (await data(caller, query, { representations }))._entities[0];
    },
    /** A new Usuario of the Caller's organization. */
    conhecer: ({ organizacaoId }: Caller): string => {
      const id = v7();
      conhecidos.set(id, organizacaoId);
      return id;
    },
    /** What was told of an aggregate, in order. */
    eventosDe: async ({ organizacaoId }: Caller, tipo: string, agregadoId: string) => {
      const { rows } = await admin.query(
        `SELECT dados FROM teia.outbox
         WHERE organizacao_id = $1 AND tipo = $2 AND agregado_id = $3 ORDER BY sequencia`,
        [organizacaoId, tipo, agregadoId],
      );
      return rows.map((row) => row.dados);
    },
    /** What the audit trail hears of somebody's organization, in order. */
    auditadas: async ({ organizacaoId }: Caller): Promise<string[]> => {
      const { rows } = await admin.query(
        `SELECT dados->>'acao' AS acao FROM teia.outbox
         WHERE organizacao_id = $1 AND tipo = 'RegistroDeAuditoria' ORDER BY id`,
        [organizacaoId],
      );
      return rows.map(({ acao }) => acao);
    },
    stop: async () => {
      await admin.end();
      await subgraph.stop();
    },
  };
};

export type Organizacoes = Awaited<ReturnType<typeof startOrganizacoes>>;
