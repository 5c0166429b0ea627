import { calendarDateOf, midnightOf } from '../../../platform/db/calendar-column';
import { onDuplicate } from '../../../platform/db/prisma-errors';
import { andWithinReach, pageWithinReach } from '../../../platform/db/reach-sql';
import { keysetSql, selectAll } from '../../../platform/db/sql';
import { conflict } from '../../../platform/errors';
import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { PageRequest } from '../../../platform/pagination/page-request';
import type { Reach } from '../../../platform/reach';
import { fold } from '../../../platform/text';
import { Prisma, type Cliente as Stored } from '../../../prisma/clientes/client/client';
import type { ClienteFiltro } from './cliente.input';
import { searched, type Visao } from './cliente.search';
import type { Cliente } from './cliente.type';
import { termosDeBusca } from './termos-de-busca';

const toCliente = ({ dataNascimento, organizacaoId: _, ...row }: Stored): Cliente => ({
  ...row,
  dataNascimento: dataNascimento && calendarDateOf(dataNascimento),
});

const toStored = ({ dataNascimento, ...fields }: Cliente) => ({
  ...fields,
  dataNascimento: dataNascimento && midnightOf(dataNascimento),
});

const { sql, empty, join } = Prisma;
const columns = selectAll(Prisma.ClienteScalarFieldEnum, 'c');
const owner = sql`c.responsavel_id`;

const isLabelled = (nome: string): Prisma.Sql => sql`AND EXISTS (
  SELECT FROM etiqueta e WHERE e.organizacao_id = c.organizacao_id AND e.cliente_id = c.id
    AND e.chave = ${fold(nome)})`;

const matches = (
  organizacaoId: string,
  { ativo, responsavelId, criadoDesde, criadoAntesDe, busca, etiquetas }: ClienteFiltro,
  visao: Visao,
): Prisma.Sql =>
  join(
    [
      sql`c.organizacao_id = ${organizacaoId}::uuid AND c.ativo = ${ativo}`,
      responsavelId ? sql`AND c.responsavel_id = ${responsavelId}::uuid` : empty,
      criadoDesde ? sql`AND c.criado_em >= ${criadoDesde}::timestamptz` : empty,
      criadoAntesDe ? sql`AND c.criado_em < ${criadoAntesDe}::timestamptz` : empty,
      ...searched(busca ?? '', organizacaoId, visao),
      ...(etiquetas ?? []).map(isLabelled),
    ],
    ' ',
  );

const duplicateDocument = () =>
  conflict('DOCUMENTO_JA_CADASTRADO', 'Já existe um cliente com este documento.', [
    { campo: 'dados.documento', mensagem: 'Já pertence a outro cliente, ativo ou excluído.' },
  ]);

/** The Clientes of one organization. */
export const createClienteRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  const insertTerms = async (cliente: Cliente): Promise<void> => {
    const termos = termosDeBusca(cliente);
    await db.$executeRaw`
      INSERT INTO termo_busca (organizacao_id, cliente_id, termo, do_documento)
      SELECT ${organizacaoId}::uuid, ${cliente.id}::uuid, termo, do_documento
      FROM unnest(${termos.map(({ termo }) => termo)}::text[],
        ${termos.map(({ doDocumento }) => doDocumento)}::boolean[]) AS t (termo, do_documento)`;
  };

  const replaceTerms = async (cliente: Cliente): Promise<void> => {
    await db.termoBusca.deleteMany({ where: { organizacaoId, clienteId: cliente.id } });
    await insertTerms(cliente);
  };

  return {
    porIds: async (ids: readonly string[], alcance: Reach): Promise<Cliente[]> => {
      const found = await db.$queryRaw<Stored[]>`
        SELECT ${columns} FROM cliente c
        WHERE c.organizacao_id = ${organizacaoId}::uuid AND c.id = ANY(${ids}::uuid[])
          ${andWithinReach(alcance, organizacaoId, owner)}`;
      return found.map(toCliente);
    },

    /** The page's rows in the direction of travel, and one more when there are more. */
    listar: async (
      filtro: ClienteFiltro,
      order: KeysetOrder<Cliente>,
      request: PageRequest,
      visao: Visao,
    ): Promise<Cliente[]> => {
      const found = await db.$queryRaw<Stored[]>`
        SELECT ${columns} FROM ${pageWithinReach(visao.alcance, organizacaoId, {
          from: sql`cliente c`,
          alias: sql`c`,
          where: matches(organizacaoId, filtro, visao),
          owner,
          ...keysetSql(order, request, 'c'),
        })}`;
      return found.map(toCliente);
    },

    contar: async (filtro: ClienteFiltro, visao: Visao): Promise<number> => {
      const [{ total } = { total: 0 }] = await db.$queryRaw<{ total: number }[]>`
        SELECT count(*)::int AS total FROM cliente c
        WHERE ${matches(organizacaoId, filtro, visao)} ${andWithinReach(visao.alcance, organizacaoId, owner)}`;
      return total;
    },

    /** Keeps others from changing the Cliente until the transaction ends; false when there is none. */
    travar: async (id: string, alcance: Reach): Promise<boolean> => {
      const locked = await db.$executeRaw`
        SELECT FROM cliente c WHERE c.organizacao_id = ${organizacaoId}::uuid AND c.id = ${id}::uuid
          ${andWithinReach(alcance, organizacaoId, owner)} FOR UPDATE`;
      return locked === 1;
    },

    /** @throws CodedError CONFLICT when another Cliente of the organization has the document. */
    inserir: async (cliente: Cliente): Promise<void> => {
      await onDuplicate(
        db.cliente.create({ data: { ...toStored(cliente), organizacaoId } }),
        duplicateDocument,
      );
      await insertTerms(cliente);
    },

    /**
     * Writes the Cliente over the stored one when that still has the version before; false when it does not.
     *
     * @throws CodedError CONFLICT when another Cliente of the organization has the document.
     */
    gravar: async (cliente: Cliente): Promise<boolean> => {
      const { count } = await onDuplicate(
        db.cliente.updateMany({
          where: { organizacaoId, id: cliente.id, versao: cliente.versao - 1 },
          data: toStored(cliente),
        }),
        duplicateDocument,
      );
      if (count === 1) await replaceTerms(cliente);
      return count === 1;
    },

    /** Erases the stored one when that still has this version; false when it does not. */
    apagar: async ({ id, versao }: Pick<Cliente, 'id' | 'versao'>): Promise<boolean> => {
      const { count } = await db.cliente.deleteMany({ where: { organizacaoId, id, versao } });
      return count === 1;
    },
  };
};

export type ClienteRepository = ReturnType<typeof createClienteRepository>;
