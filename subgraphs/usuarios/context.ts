import { type Asking, organizationOf, withoutRequest } from '../../platform/caller';
import { openDatabase } from '../../platform/db/open-database';
import { runInScope } from '../../platform/db/scope';
import { loaderById } from '../../platform/loaders';
import { readSigningKeys } from '../../platform/signing-keys';
import type { ProcessServices } from '../../platform/subgraph/define-subgraph';
import { type Prisma, PrismaClient } from '../../prisma/usuarios/client/client';
import { createIdentity } from './identidade/context';
import { createMembroRepository } from './membro/membro.repository';
import { garantirPrimeiraOrganizacao } from './organizacao/garantir-primeira-organizacao';
import { createOrganizacaoRepository } from './organizacao/organizacao.repository';
import { senhas } from './senha/senha';
import { createAccessTokenIssuer } from './sessao/access-token';
import { createSessaoRepository } from './sessao/sessao.repository';
import type { SessaoIniciada } from './sessao/sessao.type';
import { usuarioPolicy } from './usuario/usuario.policy';
import { createUsuarioRepository } from './usuario/usuario.repository';

const createRepositories = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  usuarios: createUsuarioRepository(db, organizacaoId),
  membros: createMembroRepository(db, organizacaoId),
  organizacoes: createOrganizacaoRepository(db, organizacaoId),
  sessoes: createSessaoRepository(db, organizacaoId),
});

export type Repositories = ReturnType<typeof createRepositories>;

/** Made once per process. */
export const start = async ({
  databaseUrl,
  environment,
  signingKeysFile,
  firstAdministrator,
  announce,
}: ProcessServices) => {
  const { jwks, ...signingKey } = await readSigningKeys(signingKeysFile);
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  const info = withoutRequest(environment.novoId());
  const identity = createIdentity({ prisma, createRepositories, info, environment });
  await garantirPrimeiraOrganizacao({ identity, senhas, environment, announce }, firstAdministrator).catch(
    async (error) => {
      await stop();
      throw error;
    },
  );
  return {
    prisma,
    environment,
    issueAccessToken: createAccessTokenIssuer(signingKey, environment),
    wellKnown: { 'jwks.json': async () => jwks },
    stop,
  };
};

/** Made for each request: what its Caller may do, and the ways to the data. */
export const createContext = (
  { prisma, environment, issueAccessToken }: Awaited<ReturnType<typeof start>>,
  { caller, info }: Asking,
) => {
  const { usuarios, organizacoes } = createRepositories(prisma, organizationOf(caller));
  return {
    caller,
    environment,
    issueAccessToken,
    senhas,
    policy: usuarioPolicy(caller),
    loaders: {
      usuario: loaderById(usuarios.porIds),
      organizacao: loaderById(organizacoes.porIds),
    },
    identity: createIdentity({ prisma, createRepositories, info, environment }),
    /** Who signed in just now, as a request with the new token would see it. */
    usuarioDaSessao: async ({ usuarioId, organizacaoId }: SessaoIniciada) => {
      const { usuarios } = createRepositories(prisma, organizacaoId);
      const porIds = () => usuarios.porIds([usuarioId]);
      const [usuario] = await runInScope({ role: 'inquilino', organizacaoId }, porIds);
      return usuario;
    },
  };
};

export type UsuariosContext = ReturnType<typeof createContext>;
