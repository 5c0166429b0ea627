import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import { ensureSigningKeys, readSigningKeys } from '../../../platform/signing-keys';
import type { SubgraphRequest } from '../../../platform/subgraph-link';
import { askingAs } from '../../../platform/testing/callers';
import { until } from '../../../platform/testing/until';
import { readCatalogue } from '../../../subgraphs/testing/isolation/catalogue';
import { plantarOrganizacao } from '../../../subgraphs/usuarios/testing/plantar-organizacao';
import { inOneProcess, overHttp, startWay } from '../two-ways/start-way';

/** How the router may reach the subgraphs. */
export const ways = { 'in one process': inOneProcess, 'over HTTP': overHttp } as const;
export type WayName = keyof typeof ways;

/** Seals come by themselves, after a while; that somebody was refused is audited beside the answer. */
const counted: Readonly<Record<string, string>> = {
  'public.selo_auditoria': 'false',
  'teia.outbox': "dados->>'acao' IS DISTINCT FROM 'acesso.recusar'",
};

/** A digest of every row of every table of a database, by table. */
const openDigest = async (client: Client) => {
  const sql = (await readCatalogue(client))
    .map(
      ({ name }) =>
        `SELECT '${name}' AS tabela, md5(string_agg(t::text, '' ORDER BY t::text)) AS md5
         FROM ${name} t WHERE ${counted[name] ?? 'true'}`,
    )
    .join(' UNION ALL ');
  return async (): Promise<Record<string, string>> => {
    const { rows } = await client.query<{ tabela: string; md5: string }>(sql);
    return Object.fromEntries(rows.map(({ tabela, md5 }) => [tabela, md5]));
  };
};

/** The whole of Teia in one of the two ways, asked through the router as anybody, with its databases laid open. */
export const startMatrix = async (name: WayName) => {
  const folder = await mkdtemp(join(tmpdir(), 'teia-matriz-'));
  const keys = {
    signingKeysFile: join(folder, 'chaves.json'),
    internalKeysFile: join(folder, 'chaves-internas.json'),
  };
  await ensureSigningKeys(keys.signingKeysFile);
  await ensureSigningKeys(keys.internalKeysFile);
  const way = await startWay(ways[name], keys, folder);
  const { signing } = await readSigningKeys(keys.signingKeysFile);

  const admins = new Map<string, Client>();
  const digests = new Map<string, Awaited<ReturnType<typeof openDigest>>>();
  for (const [domain, { adminUrl }] of way.databases) {
    const client = new Client(adminUrl);
    await client.connect();
    admins.set(domain, client);
    digests.set(domain, await openDigest(client));
  }
  const rowsOf = async (domain: string, sql: string, values: unknown[] = []) =>
    (await admins.get(domain)!.query(sql, values)).rows;

  const tokenFor = ({ usuarioId, organizacaoId, sessaoId, permissoes, equipes }: Caller) => {
    const now = way.world.agora();
    const { kid, privateKey } = signing(now);
    const iat = now.getTime() / 1000;
    return new SignJWT({ org: organizacaoId, sid: sessaoId, permissoes, equipes })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .setIssuer('teia')
      .setAudience('teia')
      .setSubject(usuarioId)
      .setIssuedAt(iat)
      .setExpirationTime(iat + 900)
      .sign(privateKey);
  };
  const tokens = new WeakMap<Caller, Promise<string>>();
  const tokenOf = (caller: Caller): Promise<string> => {
    const token = tokens.get(caller) ?? tokenFor(caller);
    tokens.set(caller, token);
    return token;
  };

  return {
    rowsOf,
    /** Asks through the router. Each request has the same id, so that like answers are alike. */
    ask: async (caller: Caller | null, query: string, variables: object = {}) =>
      way.post(
        { query, variables },
        {
          'x-request-id': 'pedido',
          ...(caller && { authorization: `Bearer ${await tokenOf(caller)}` }),
        },
      ),
    /** Asks a subgraph, as the router does. */
    askSubgraph: (domain: string, caller: Caller | null, request: SubgraphRequest) =>
      way.links(domain)(request, askingAs(caller, { requestId: 'pedido', correlationId: 'pedido' })),
    novaOrganizacao: () => plantarOrganizacao((sql, values) => rowsOf('usuarios', sql, values)),
    /** Another session of somebody, who entered it as people do. */
    novaSessao: async ({ organizacaoId, usuarioId }: Pick<Caller, 'organizacaoId' | 'usuarioId'>) => {
      const id = v7();
      await rowsOf(
        'usuarios',
        `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em, ip, user_agent)
         VALUES ($1::uuid, $2, $3, $1, now(), now(), now() + interval '30 days', '192.0.2.1', 'Navegador')`,
        [id, organizacaoId, usuarioId],
      );
      return id;
    },
    /** An equipe, as every domain has heard of it. */
    novaEquipe: async (organizacaoId: string, usuarioIds: readonly string[]) => {
      const equipeId = v7();
      for (const domain of admins.keys()) {
        await rowsOf(
          domain,
          'INSERT INTO teia.equipe_membro (organizacao_id, equipe_id, usuario_id) SELECT $1, $2, unnest($3::uuid[])',
          [organizacaoId, equipeId, usuarioIds],
        );
      }
      return equipeId;
    },
    /** Digests of all that is stored anywhere, by domain and table, once nothing is left to be sent. */
    contents: async () => {
      await until(async () => {
        const waiting = 'SELECT FROM confirmacao WHERE enviada_em IS NULL';
        return (await rowsOf('usuarios', waiting)).length === 0;
      });
      const entries = [...digests].map(async ([domain, read]) => [domain, await read()] as const);
      return Object.fromEntries(await Promise.all(entries));
    },
    stop: async () => {
      for (const client of admins.values()) await client.end();
      await way.stop();
      await rm(folder, { recursive: true });
    },
  };
};

export type Matrix = Awaited<ReturnType<typeof startMatrix>>;
export type Organizacao = Awaited<ReturnType<Matrix['novaOrganizacao']>>;
