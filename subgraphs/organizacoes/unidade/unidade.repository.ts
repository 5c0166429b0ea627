import { lockByName } from '../../../platform/db/lock-by-name';
import type { UF } from '../../../platform/values';
import type { Prisma, Unidade as Stored } from '../../../prisma/organizacoes/client/client';
import type { Unidade } from './unidade.type';

const semEndereco = {
  logradouro: null,
  numero: null,
  complemento: null,
  bairro: null,
  cidade: null,
  uf: null,
  cep: null,
};

const toUnidade = ({ id, nome, telefone, ativo, versao, ...row }: Stored): Unidade => {
  const { logradouro, numero, complemento, bairro, cidade, uf, cep } = row;
  const endereco =
    logradouro !== null && cidade !== null && uf !== null && cep !== null
      ? { logradouro, numero, complemento, bairro, cidade, uf: uf as UF, cep }
      : null;
  return { id, nome, telefone, ativo, versao, endereco };
};

const toStored = ({ endereco, ...unidade }: Unidade): Omit<Stored, 'organizacaoId'> => ({
  ...unidade,
  ...semEndereco,
  ...endereco,
});

/** The places of one organization. */
export const createUnidadeRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Unidade[]> =>
    (await db.unidade.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toUnidade),

  /** Oldest first. */
  listar: async (ativo: boolean): Promise<Unidade[]> =>
    (await db.unidade.findMany({ where: { organizacaoId, ativo }, orderBy: { id: 'asc' } })).map(toUnidade),

  /** How many there are; others wait to count until the transaction ends. */
  contarTravando: async (): Promise<number> => {
    await lockByName(db, 'unidade', organizacaoId);
    return db.unidade.count({ where: { organizacaoId } });
  },

  inserir: async (unidade: Unidade): Promise<void> => {
    await db.unidade.create({ data: { ...toStored(unidade), organizacaoId } });
  },

  /** Writes over the stored one when that still has the version before; false when it does not. */
  gravar: async (unidade: Unidade): Promise<boolean> => {
    const { count } = await db.unidade.updateMany({
      where: { organizacaoId, id: unidade.id, versao: unidade.versao - 1 },
      data: toStored(unidade),
    });
    return count === 1;
  },
});

export type UnidadeRepository = ReturnType<typeof createUnidadeRepository>;
