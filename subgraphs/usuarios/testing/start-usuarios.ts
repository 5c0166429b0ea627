import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Caller, RequestInfo } from '../../../platform/caller';
import { ensureSigningKeys } from '../../../platform/signing-keys';
import type { ProcessServices } from '../../../platform/subgraph/define-subgraph';
import { aCaller, askingAs } from '../../../platform/testing/callers';
import { startSubgraph } from '../../testing/start-subgraph';
import usuarios from '..';

export const senha = 'uma senha comprida';

type Pessoa = { readonly organizacao: string; readonly nome: string; readonly email: string };

const registrar = `mutation ($dados: RegistrarOrganizacaoInput!) {
  registrarOrganizacao(dados: $dados) { usuario { id membro { organizacao { id } } } }
}`;

/** The subgraph with keys and a database of its own, and somebody who looks into that as superuser. */
export const startUsuarios = async (services: Partial<ProcessServices> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'teia-usuarios-'));
  const signingKeysFile = join(folder, 'chaves.json');
  await ensureSigningKeys(signingKeysFile);
  const subgraph = await startSubgraph(usuarios, { signingKeysFile, ...services });
  const admin = new Client(subgraph.database.adminUrl);
  await admin.connect();

  const run = (
    query: string,
    variables: object = {},
    caller: Caller | null = null,
    info: Partial<RequestInfo> = {},
  ) => subgraph.execute(query, { ...variables }, askingAs(caller, info));

  // biome-ignore lint/suspicious/noExplicitAny: the shape of each answer is what the test asserts
  const data = async (...parameters: Parameters<typeof run>): Promise<any> => {
    const { data, errors } = await run(...parameters);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };

  return {
    admin,
    database: subgraph.database,
    signingKeysFile,
    run,
    data,
    /** What a client is told of the first error. */
    refusal: async (...parameters: Parameters<typeof run>) =>
      (await run(...parameters)).errors?.[0]?.extensions,
    /** A new organization, as its administrator. */
    registrado: async (pessoa: Partial<Pessoa> = {}): Promise<Caller> => {
      const email = `${randomUUID()}@exemplo.com`;
      const dados = { organizacao: 'Padaria', nome: 'Ana', email, senha, ...pessoa };
      const { usuario } = (await data(registrar, { dados })).registrarOrganizacao;
      return aCaller({ usuarioId: usuario.id, organizacaoId: usuario.membro.organizacao.id });
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
