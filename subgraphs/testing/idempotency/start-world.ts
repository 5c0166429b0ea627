import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Caller } from '../../../platform/caller';
import { ensureSigningKeys } from '../../../platform/signing-keys';
import type { Subgraph } from '../../../platform/subgraph/define-subgraph';
import type { SubgraphLinks } from '../../../platform/subgraph-link';
import { aCaller, askingAs } from '../../../platform/testing/callers';
import { readCatalogue } from '../isolation/catalogue';
import { startSubgraph } from '../start-subgraph';
import { mutationDocument } from './mutation-document';
import type { World } from './probes';

/** What is noted in these is when a message was sent, some time after the request. */
const sentInBackground = ['public.confirmacao'];

type Ask = {
  readonly caller: Caller | null;
  readonly args: object;
  readonly chave: string | null;
  readonly aliases?: readonly string[];
};

/** A subgraph among other domains that know what they are told of, with its database laid open. */
export const startWorld = async (subgraph: Subgraph) => {
  const folder = await mkdtemp(join(tmpdir(), 'teia-idempotencia-'));
  const signingKeysFile = join(folder, 'chaves.json');
  await ensureSigningKeys(signingKeysFile);

  const conhecidos = new Set<string>();
  let answering = true;
  const links: SubgraphLinks = () => async (request) => {
    if (!answering) throw new Error('connection refused');
    const { representations } = request.variables as { representations: { id: string }[] };
    return {
      data: { _entities: representations.map(({ id }) => (conhecidos.has(id) ? { id, ativo: true } : null)) },
    };
  };
  const running = await startSubgraph(subgraph, { links, signingKeysFile });
  const admin = new Client(running.database.adminUrl);
  await admin.connect();
  const digests = (await readCatalogue(admin))
    .map(({ name }) => {
      const row = sentInBackground.includes(name) ? 't.id' : 't';
      return `SELECT '${name}' AS tabela, md5(string_agg(${row}::text, '' ORDER BY ${row}::text)) FROM ${name} t`;
    })
    .join(' UNION ALL ');

  const ask = (mutation: string, { caller, args, chave, aliases = ['m'] }: Ask) =>
    running.execute(
      mutationDocument(subgraph.schema, mutation, aliases),
      { ...args },
      askingAs(caller, { chaveIdempotencia: chave }),
    );

  const rowsOf = async (sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows;

  return {
    execute: running.execute,
    ask,
    rowsOf,
    /** A digest of every row of every table. */
    contents: () => rowsOf(digests),
    /** Whether the other domains answer. */
    answer: (value: boolean) => {
      answering = value;
    },
    newWorld: (): World => {
      const caller = aCaller();
      return {
        caller,
        fazer: async (mutation, args, as = caller) => {
          const { data, errors } = await ask(mutation, { caller: as, args, chave: null });
          if (errors) throw new Error(JSON.stringify(errors));
          return data?.m;
        },
        plantar: rowsOf,
        conhecido: () => {
          const id = randomUUID();
          conhecidos.add(id);
          return id;
        },
      };
    },
    stop: async () => {
      await admin.end();
      await running.stop();
      await rm(folder, { recursive: true });
    },
  };
};
