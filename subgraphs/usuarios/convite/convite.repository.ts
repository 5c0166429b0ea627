import { keysetSql } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import { Prisma, type Convite as Stored } from '../../../prisma/usuarios/client/client';
import { conviteOrder } from './convite.orders';

/** An invitation with the perfis that it is to give, as far as they are still there. */
export type ConviteGravado = Omit<Stored, 'organizacaoId'> & { readonly perfilIds: readonly string[] };

type NovoConvite = Pick<
  ConviteGravado,
  'id' | 'email' | 'convidadoPor' | 'criadoEm' | 'expiraEm' | 'perfilIds'
>;

const columns = Prisma.sql`convite.id, convite.email, convite.convidado_por AS "convidadoPor",
  convite.criado_em AS "criadoEm", convite.expira_em AS "expiraEm", convite.aceito_em AS "aceitoEm",
  convite.cancelado_em AS "canceladoEm", ARRAY(
    SELECT cp.perfil_id::text FROM convite_perfil cp
    WHERE cp.organizacao_id = convite.organizacao_id AND cp.convite_id = convite.id ORDER BY cp.perfil_id
  ) AS "perfilIds"`;

/** The invitations to one organization. */
export const createConviteRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: (ids: readonly string[]): Promise<ConviteGravado[]> =>
    db.$queryRaw<ConviteGravado[]>`
      SELECT ${columns} FROM convite
      WHERE convite.organizacao_id = ${organizacaoId}::uuid AND convite.id = ANY (${ids}::uuid[])`,

  /** The page's rows in the direction of travel, and one more when there are more. */
  listar: (request: PageRequest): Promise<ConviteGravado[]> => {
    const { after, orderBy, limit } = keysetSql(conviteOrder, request, 'convite');
    return db.$queryRaw<ConviteGravado[]>`
      SELECT ${columns} FROM convite WHERE convite.organizacao_id = ${organizacaoId}::uuid ${after}
      ${orderBy} ${limit}`;
  },

  contar: (): Promise<number> => db.convite.count({ where: { organizacaoId } }),

  /** Whether another invitation to the address can be accepted. */
  haOutroAberto: async (email: string, id: string, agora: Date): Promise<boolean> =>
    (await db.convite.count({
      where: {
        organizacaoId,
        email,
        aceitoEm: null,
        canceladoEm: null,
        expiraEm: { gt: agora },
        NOT: { id },
      },
    })) > 0,

  inserir: async ({ perfilIds, ...convite }: NovoConvite): Promise<void> => {
    await db.convite.createMany({ data: { ...convite, organizacaoId } });
    await db.convitePerfil.createMany({
      data: perfilIds.map((perfilId) => ({ organizacaoId, conviteId: convite.id, perfilId })),
    });
  },

  /** In the name of whoever sends it again. */
  renovar: async ({ id, convidadoPor, expiraEm }: Pick<Stored, 'id' | 'convidadoPor' | 'expiraEm'>) => {
    await db.convite.updateMany({ where: { organizacaoId, id }, data: { convidadoPor, expiraEm } });
  },

  /** It can be accepted no more. */
  encerrar: async (id: string, como: 'aceitoEm' | 'canceladoEm', agora: Date): Promise<void> => {
    await db.convite.updateMany({ where: { organizacaoId, id }, data: { [como]: agora } });
  },
});

export type ConviteRepository = ReturnType<typeof createConviteRepository>;
