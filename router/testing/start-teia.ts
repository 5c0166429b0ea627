import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUEUE_DATABASE } from '../../platform/db/queue-database';
import { realEnvironment } from '../../platform/environment';
import { createEventQueues } from '../../platform/events/queues';
import { noLimits } from '../../platform/limits/testing/no-limits';
import { inProcessSignals } from '../../platform/signals/testing/in-process-signals';
import { ensureSigningKeys } from '../../platform/signing-keys';
import { createMailbox } from '../../platform/testing/mailbox';
import { createTestDatabase } from '../../platform/testing/test-database';
import type { JwksSource } from '../../platform/verified-jwt';
import {
  ConfirmarEmailDocument,
  EntrarDocument,
  RegistrarOrganizacaoDocument,
  type TypedDocumentString,
} from '../../schema/client/graphql';
import { subgraphs } from '../../subgraphs';
import { consumers } from '../../subgraphs/consumers';
import { openRevocations } from '../auth/open-revocations';
import { readRegistered } from '../documents/registered';
import { readOurSupergraph } from '../our-supergraph';
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

/** Queues in a database of their own. */
const openQueues = async () => {
  const database = await createTestDatabase(QUEUE_DATABASE);
  const queues = createEventQueues({ databaseUrl: database.url });
  const close = async () => {
    await queues.close();
    await database.drop();
  };
  return { queues, close };
};

/**
 * The whole of Teia over real databases, asked over HTTP with the documents of the generated client.
 *
 * @param events whether the domains hear of each other.
 */
export const startTeia = async ({ events = false } = {}) => {
  const { databases, signingKeysFile, remove } = await prepare();
  const opened: (() => Promise<void>)[] = [];
  const queues = events ? await openQueues() : null;
  const mailbox = createMailbox();
  const signals = inProcessSignals();
  if (queues) opened.push(queues.close);
  const { links, wellKnown } = await startInProcess({
    names: Object.keys(subgraphs),
    elsewhere: (name) => () => Promise.reject(new Error(`${name} is not part of this test`)),
    openServices: async (links) => ({
      signals,
      servicesOf: (name) => ({
        environment: realEnvironment,
        links,
        databaseUrl: databases.get(name)!.url,
        signingKeysFile,
        firstAdministrator: primeiroAdministrador,
        announce: () => {},
        sendMail: mailbox.sendMail,
        appUrl: 'https://app.exemplo.com',
        limits: noLimits,
        signals,
        events: queues ? { queues: queues.queues, consumers } : undefined,
      }),
    }),
    environment: realEnvironment,
    onClose: (close) => opened.push(close),
  });
  const supergraph = await readOurSupergraph();
  const router = await testRouter({
    supergraph,
    registered: readRegistered(),
    links,
    wellKnown,
    jwks: wellKnown['jwks.json'] as JwksSource,
    revocations: openRevocations({
      link: links('usuarios'),
      signals,
      environment: realEnvironment,
      onClose: (close) => opened.push(close),
    }),
  });

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

  /** A new organization, and the session of its administrator, whose password is 'uma senha comprida'. */
  const novaOrganizacao = async (given: { organizacao?: string; email?: string } = {}) => {
    const { organizacao = 'Padaria São João', email = `${randomUUID()}@exemplo.com` } = given;
    await run(RegistrarOrganizacaoDocument, { dados: { organizacao, nome: 'Ana Lúcia', email } });
    const token = await mailbox.nextToken(email, 'confirmar-email');
    const { confirmarEmail } = await run(ConfirmarEmailDocument, {
      dados: { token, senha: 'uma senha comprida' },
    });
    return confirmarEmail;
  };

  return {
    ...router,
    databases,
    mailbox,
    run,
    novaOrganizacao,
    entrar: async (credenciais: { email: string; senha: string } = primeiroAdministrador) => {
      const { email, senha } = credenciais;
      return (await run(EntrarDocument, { dados: { email, senha } })).entrar;
    },
    stop: async () => {
      await router.close();
      for (const close of opened.reverse()) await close();
      await remove();
    },
  };
};

export type Teia = Awaited<ReturnType<typeof startTeia>>;
