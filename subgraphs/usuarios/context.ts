import { createBackground, oneAfterTheOther } from '../../platform/background';
import { type Asking, organizationOf, withoutRequest } from '../../platform/caller';
import { openDatabase, openReserved } from '../../platform/db/open-database';
import { runInScope } from '../../platform/db/scope';
import { createUnitOfWork } from '../../platform/db/unit-of-work';
import { realEnvironment } from '../../platform/environment';
import { createEquipeRepository } from '../../platform/equipes/equipe.repository';
import type { AfterCommit } from '../../platform/events/apply-event';
import { createDeadLetterRepository } from '../../platform/events/dead-letters/dead-letter.repository';
import { clearLoaders, loaderById, loaderByParent } from '../../platform/loaders';
import type { ProcessServices } from '../../platform/subgraph/define-subgraph';
import { watchSigningKeys } from '../../platform/watch-signing-keys';
import { type Prisma, PrismaClient } from '../../prisma/usuarios/client/client';
import { auditoriaPolicy } from './auditoria/auditoria.policy';
import { createAuditoriaRepository } from './auditoria/auditoria.repository';
import { iniciarSelagem } from './auditoria/iniciar-selagem';
import { createSelagemRepository } from './auditoria/selagem.repository';
import { createSeloRepository } from './auditoria/selo.repository';
import { startConfirmacoes } from './confirmacao/enviar-confirmacoes';
import { ativarPessoa } from './conta/ativar-pessoa';
import { convitePolicy } from './convite/convite.policy';
import { createConviteRepository } from './convite/convite.repository';
import { toConvite } from './convite/convite.rules';
import { createIdentity } from './identidade/context';
import { expirados } from './identidade/expirados';
import { createMembroRepository } from './membro/membro.repository';
import type { Membro } from './membro/membro.type';
import { garantirPrimeiraOrganizacao } from './organizacao/garantir-primeira-organizacao';
import { createOrganizacaoRepository } from './organizacao/organizacao.repository';
import { direitosPolicy } from './perfil/direitos.policy';
import { createPerfilRepository } from './perfil/perfil.repository';
import type { Perfil } from './perfil/perfil.type';
import { createRevogacaoRepository, createRevogacoesLidasRepository } from './revogacao/revogacao.repository';
import { senhas } from './senha/senha';
import { createAccessTokenIssuer } from './sessao/access-token';
import { registrarBloqueio, registrarRecusa } from './sessao/registrar-recusa';
import type { SessaoIniciada } from './sessao/sessao.type';
import { usuarioPolicy } from './usuario/usuario.policy';
import { createUsuarioRepository } from './usuario/usuario.repository';

const createRepositories = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  usuarios: createUsuarioRepository(db, organizacaoId),
  membros: createMembroRepository(db, organizacaoId),
  organizacoes: createOrganizacaoRepository(db, organizacaoId),
  perfis: createPerfilRepository(db, organizacaoId),
  convites: createConviteRepository(db, organizacaoId),
  equipes: createEquipeRepository(db, organizacaoId),
  auditoria: createAuditoriaRepository(db, organizacaoId),
  selos: createSeloRepository(db, organizacaoId),
  eventosMortos: createDeadLetterRepository(db, organizacaoId),
});

export type Repositories = ReturnType<typeof createRepositories>;

export const createEventRepositories =
  ({ environment: { novoId }, signals }: Pick<ProcessServices, 'environment' | 'signals'>) =>
  (db: Prisma.TransactionClient, organizacaoId: string, afterCommit: AfterCommit) => ({
    ...createRepositories(db, organizacaoId),
    revogacoes: createRevogacaoRepository(db, novoId, () =>
      afterCommit(() => void signals.signal('revogacoes')),
    ),
  });

export type EventRepositories = ReturnType<ReturnType<typeof createEventRepositories>>;

/** Where the events of other domains take effect. */
export const eventDatabase = ({ prisma, environment, signals }: Awaited<ReturnType<typeof start>>) => ({
  db: prisma,
  repositories: createEventRepositories({ environment, signals }),
  environment,
});

/** A router that waits longer for the revocations asks anew. */
const revogacoesAnswerMs = 1_500;

/** How many wrong passwords may wait to be audited: a minute of them, at the most that a machine checks. */
const maisRecusas = 5_000;

/** Made once per process. */
export const start = async ({
  databaseUrl,
  environment,
  signingKeysFile,
  firstAdministrator,
  announce,
  signals,
  limits,
  sendMail,
  appUrl,
}: ProcessServices) => {
  const keys = await watchSigningKeys(signingKeysFile);
  const database = openDatabase<PrismaClient>(PrismaClient, databaseUrl, expirados);
  const { prisma } = database;
  const reserved = openReserved<PrismaClient>(PrismaClient, databaseUrl, revogacoesAnswerMs);
  const recusas = createBackground('refused logins were not audited', maisRecusas);
  const emOrdem = oneAfterTheOther();
  const selagem = iniciarSelagem({
    selagem: createSelagemRepository(prisma),
    trilhaDe: (organizacaoId) => createRepositories(prisma, organizacaoId),
    environment,
  });
  const stop = async () => {
    await Promise.all([recusas.settled(), selagem.stop()]);
    await Promise.all([keys.stop(), database.stop(), reserved.close()]);
  };
  const info = withoutRequest(environment.novoId());
  const identity = createIdentity({ prisma, createRepositories, info, environment, signals });
  await garantirPrimeiraOrganizacao({ identity, senhas, environment, announce }, firstAdministrator).catch(
    async (error) => {
      await stop();
      throw error;
    },
  );
  const { agora } = environment;
  const correio = startConfirmacoes({ identity, sendMail, agora, appUrl });
  return {
    prisma,
    revogacoesLidas: createRevogacoesLidasRepository(reserved.prisma),
    environment,
    signals,
    limits,
    /** After the answer, whose time must not tell who is known. */
    auditarDepois: (audit: () => Promise<void>): void => {
      recusas.run(() => emOrdem(audit));
    },
    avisarCorreio: correio.avisar,
    issueAccessToken: createAccessTokenIssuer(keys, environment),
    wellKnown: { 'jwks.json': () => keys.jwks() },
    stop: async () => {
      await correio.stop();
      await stop();
    },
  };
};

/** What whoever runs the installation may do to people, whether or not the process that serves them runs. */
export const openPessoas = (databaseUrl: string) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  const environment = realEnvironment;
  const identity = createIdentity({
    prisma,
    createRepositories,
    info: withoutRequest(environment.novoId()),
    environment,
    // The routers read the revocations every 2 s as well.
    signals: { signal: async () => {}, onSignal: () => async () => {} },
  });
  return {
    ativar: (email: string, ativo: boolean) => ativarPessoa({ identity, environment }, { email, ativo }),
    stop,
  };
};

/** Reads as a request in that organization would. */
const readerOf =
  (prisma: PrismaClient) =>
  <Result>(organizacaoId: string, read: (repositories: Repositories) => Promise<Result>): Promise<Result> =>
    runInScope({ role: 'inquilino', organizacaoId }, () => read(createRepositories(prisma, organizacaoId)));

/** Made for each request: what its Caller may do, and the ways to the data. */
export const createContext = (
  {
    prisma,
    revogacoesLidas,
    environment,
    signals,
    limits,
    auditarDepois,
    issueAccessToken,
    avisarCorreio,
  }: Awaited<ReturnType<typeof start>>,
  { caller, info }: Asking,
) => {
  const { usuarios, membros, organizacoes, perfis, convites, auditoria, selos, eventosMortos } =
    createRepositories(prisma, organizationOf(caller));
  const readIn = readerOf(prisma);
  const policy = usuarioPolicy(caller);
  const loaders = {
    /** Who the Caller may not see is not there. */
    usuario: loaderById(async (ids) => {
      const visiveis = ids.filter(policy.veUsuario);
      return visiveis.length > 0 ? usuarios.porIds(visiveis) : [];
    }),
    membro: loaderById(membros.porIds),
    organizacao: loaderById(organizacoes.porIds),
    perfil: loaderById(perfis.porIds),
    convite: loaderById(async (ids) => {
      const agora = environment.agora();
      return (await convites.porIds(ids)).map((convite) => toConvite(convite, agora));
    }),
    perfisDoMembro: loaderByParent(perfis.dosMembros, ({ membroId }) => membroId),
  };
  const identity = createIdentity({
    prisma,
    createRepositories,
    info,
    environment,
    signals,
    afterCommit: () => clearLoaders(loaders),
  });
  return {
    caller,
    info,
    environment,
    limits,
    issueAccessToken,
    senhas,
    policy,
    direitos: direitosPolicy(caller),
    convitePolicy: convitePolicy(caller),
    auditoriaPolicy: auditoriaPolicy(caller),
    loaders,
    membros,
    perfis,
    convites,
    auditoria,
    selos,
    eventosMortos,
    avisarCorreio,
    identity,
    /** What the application's role may change. */
    unitOfWork: createUnitOfWork({
      db: prisma,
      repositories: (tx: Prisma.TransactionClient) => createRepositories(tx, organizationOf(caller)),
      author: caller,
      info,
      environment,
    }),
    /** Those registered since an instant, for the routers: they must not wait while others do. */
    lerRevogacoes: (registradasDesde: Date | null) =>
      runInScope({ role: 'identidade' }, () => revogacoesLidas.registradasDesde(registradasDesde)),
    registrarRecusa: (recusa: Parameters<typeof registrarRecusa>[1]): void =>
      auditarDepois(() => registrarRecusa(identity, recusa)),
    registrarBloqueio: (email: string): void => auditarDepois(() => registrarBloqueio(identity, email)),
    /** Who signed in just now, as a request with the new token would see it. */
    usuarioDaSessao: async ({ usuarioId, organizacaoId }: SessaoIniciada) => {
      const [usuario] = await readIn(organizacaoId, ({ usuarios }) => usuarios.porIds([usuarioId]));
      return usuario;
    },
    /** Also of who signed in just now. */
    perfisDoMembro: ({ id, organizacao }: Membro): Promise<Perfil[]> =>
      organizacao.id === organizationOf(caller)
        ? loaders.perfisDoMembro.load(id)
        : readIn(organizacao.id, ({ perfis }) => perfis.dosMembros([id])),
  };
};

export type UsuariosContext = ReturnType<typeof createContext>;
