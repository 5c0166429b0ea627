import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realEnvironment } from '../../platform/environment';
import { fromRoot } from '../../platform/project-root';
import { ensureSigningKeys } from '../../platform/signing-keys';
import { createTestDatabase } from '../../platform/testing/test-database';
import {
  EntrarDocument,
  RegistrarOrganizacaoDocument,
  type TypedDocumentString,
} from '../../schema/client/graphql';
import { subgraphs } from '../../subgraphs';
import { jwksOf } from '../start-supergraph';
import { startInProcess } from '../subgraph-links/in-process';
import { testRouter } from './test-router';

const primeiroAdministrador = {
  email: 'primeira@exemplo.com',
  senha: 'uma senha comprida',
  organizacao: 'Primeira Organização',
};

/** The databases of all subgraphs, and a key to sign with. */
const prepare = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'teia-e2e-'));
  const signingKeysFile = join(folder, 'chaves.json');
  await ensureSigningKeys(signingKeysFile);
  const databases = new Map<string, Awaited<ReturnType<typeof createTestDatabase>>>();
  for (const name of Object.keys(subgraphs)) databases.set(name, await createTestDatabase(name));
  const remove = async () => {
    for (const database of databases.values()) await database.drop();
    await rm(folder, { recursive: true });
  };
  return { databases, signingKeysFile, remove };
};

/** The whole of Teia over real databases, asked over HTTP with the documents of the generated client. */
export const startTeia = async () => {
  const { databases, signingKeysFile, remove } = await prepare();
  const { links, wellKnown, close } = await startInProcess((name) => ({
    environment: realEnvironment,
    databaseUrl: databases.get(name)!.url,
    signingKeysFile,
    firstAdministrator: primeiroAdministrador,
    announce: () => {},
  }));
  const supergraph = await readFile(fromRoot('schema', 'supergraph.graphql'), 'utf8');
  const router = await testRouter({ supergraph, links, wellKnown, jwks: jwksOf(wellKnown) });

  /** Executes an operation, and fails the test on any error. */
  const run = async <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Result> => {
    const { data, errors } = await router.ask(
      document.toString(),
      variables as object,
      token ? { authorization: `Bearer ${token}` } : {},
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Result;
  };

  /** A new organization, and its administrator's access token. */
  const novaOrganizacao = async () => {
    const { registrarOrganizacao } = await run(RegistrarOrganizacaoDocument, {
      dados: {
        organizacao: 'Padaria São João',
        nome: 'Ana Lúcia',
        email: `${randomUUID()}@exemplo.com`,
        senha: 'uma senha comprida',
      },
    });
    return registrarOrganizacao;
  };

  return {
    ...router,
    databases,
    run,
    novaOrganizacao,
    entrar: async (credenciais: { email: string; senha: string } = primeiroAdministrador) => {
      const { email, senha } = credenciais;
      return (await run(EntrarDocument, { dados: { email, senha } })).entrar;
    },
    stop: async () => {
      await router.close();
      await close();
      await remove();
    },
  };
};

export type Teia = Awaited<ReturnType<typeof startTeia>>;
