import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Caller, RequestInfo } from '../../../platform/caller';
import { ensureSigningKeys } from '../../../platform/signing-keys';
import type { ProcessServices } from '../../../platform/subgraph/define-subgraph';
import { answersOf, startSubgraph } from '../../testing/start-subgraph';
import usuarios from '..';
import { senhas } from '../senha/senha';
import { plantarOrganizacao } from './plantar-organizacao';

export const senha = 'uma senha comprida';

type Pessoa = { readonly organizacao: string; readonly nome: string; readonly email: string };

/** Computed once: it takes its time on purpose. */
let senhaHash: Promise<string> | undefined;

/** The subgraph with keys and a database of its own, and somebody who looks into that as superuser. */
export const startUsuarios = async (services: Partial<ProcessServices> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'teia-usuarios-'));
  const signingKeysFile = join(folder, 'chaves.json');
  await ensureSigningKeys(signingKeysFile);
  const subgraph = await startSubgraph(usuarios, { signingKeysFile, ...services });
  const admin = new Client(subgraph.database.adminUrl);
  await admin.connect();

  // Here most questions are asked by nobody who signed in.
  const { run, data, errorOf } = answersOf(
    (query: string, variables: object = {}, caller: Caller | null = null, info: Partial<RequestInfo> = {}) =>
      subgraph.run(caller, query, variables, info),
  );

  return {
    admin,
    database: subgraph.database,
    signingKeysFile,
    run,
    data,
    refusal: errorOf,
    /** A new organization, as its administrator: a new person, or the one with that e-mail. */
    registrado: async (pessoa: Partial<Pessoa> = {}): Promise<Caller> => {
      const { organizacao, nome, email } = {
        organizacao: 'Padaria',
        nome: 'Ana',
        email: `${randomUUID()}@exemplo.com`,
        ...pessoa,
      };
      const { organizacaoId, pessoa: plantada } = await plantarOrganizacao((sql, values) =>
        admin.query(sql, values),
      );
      const { rows } = await admin.query('SELECT id FROM usuario WHERE email = $1', [email]);
      const { caller } = await plantada(['ADMINISTRADOR'], rows[0]?.id);
      await admin.query('UPDATE organizacao SET nome = $2 WHERE id = $1', [organizacaoId, organizacao]);
      senhaHash ??= senhas.hash(senha);
      await admin.query('UPDATE usuario SET nome = $2, email = $3, senha_hash = $4 WHERE id = $1', [
        caller.usuarioId,
        nome,
        email,
        await senhaHash,
      ]);
      return caller;
    },
    rowsOf: async (sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows,
    stop: async () => {
      await admin.end();
      await subgraph.stop();
      await rm(folder, { recursive: true });
    },
  };
};

export type Usuarios = Awaited<ReturnType<typeof startUsuarios>>;
