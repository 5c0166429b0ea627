import { calendarDateOf, midnightOf } from '../../../platform/db/calendar-column';
import { onDuplicate } from '../../../platform/db/prisma-errors';
import { keysetSql, selectAll } from '../../../platform/db/sql';
import { conflict } from '../../../platform/errors';
import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { PageRequest } from '../../../platform/pagination/page-request';
import { fold } from '../../../platform/text';
import { Prisma, type Cliente as Stored } from '../../../prisma/clientes/client/client';
import type { ClienteFiltro } from './cliente.input';
import type { Cliente } from './cliente.type';
import { fimDoPrefixo, palavrasDaBusca, termosDeBusca } from './termos-de-busca';

const toCliente = ({ dataNascimento, organizacaoId: _, ...row }: Stored): Cliente => ({
  ...row,
  dataNascimento: dataNascimento && calendarDateOf(dataNascimento),
});

const toStored = ({ dataNascimento, ...fields }: Cliente) => ({
  ...fields,
  dataNascimento: dataNascimento && midnightOf(dataNascimento),
});

const { sql, empty, join } = Prisma;

const begins = (palavra: string): Prisma.Sql => sql`AND EXISTS (
  SELECT FROM termo_busca t WHERE t.organizacao_id = c.organizacao_id AND t.cliente_id = c.id
    AND t.termo >= ${palavra} AND t.termo < ${fimDoPrefixo(palavra)})`;

/** A search for nothing but punctuation finds nothing. */
const searched = (busca: string): Prisma.Sql[] => {
  const palavras = palavrasDaBusca(busca);
  return palavras.length === 0 && busca.trim() ? [sql`AND false`] : palavras.map(begins);
};

const isLabelled = (nome: string): Prisma.Sql => sql`AND EXISTS (
  SELECT FROM etiqueta e WHERE e.organizacao_id = c.organizacao_id AND e.cliente_id = c.id
    AND e.chave = ${fold(nome)})`;

const matches = (
  organizacaoId: string,
  { ativo, responsavelId, criadoDesde, criadoAntesDe, busca, etiquetas }: ClienteFiltro,
): Prisma.Sql =>
  join(
    [
      sql`c.organizacao_id = ${organizacaoId}::uuid AND c.ativo = ${ativo}`,
      responsavelId ? sql`AND c.responsavel_id = ${responsavelId}::uuid` : empty,
      criadoDesde ? sql`AND c.criado_em >= ${criadoDesde}::timestamptz` : empty,
      criadoAntesDe ? sql`AND c.criado_em < ${criadoAntesDe}::timestamptz` : empty,
      ...searched(busca ?? ''),
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
    await db.$executeRaw`
      INSERT INTO termo_busca (organizacao_id, cliente_id, termo)
      SELECT ${organizacaoId}::uuid, ${cliente.id}::uuid, unnest(${termosDeBusca(cliente)}::text[])`;
  };

  const replaceTerms = async (cliente: Cliente): Promise<void> => {
    await db.termoBusca.deleteMany({ where: { organizacaoId, clienteId: cliente.id } });
    await insertTerms(cliente);
  };

  return {
    porIds: async (ids: readonly string[]): Promise<Cliente[]> =>
      (await db.cliente.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toCliente),

    /** The page's rows in the direction of travel, and one more when there are more. */
    listar: async (
      filtro: ClienteFiltro,
      order: KeysetOrder<Cliente>,
      request: PageRequest,
    ): Promise<Cliente[]> => {
      const { after, orderBy, limit } = keysetSql(order, request, 'c');
      const found = await db.$queryRaw<Stored[]>`
        SELECT ${selectAll(Prisma.ClienteScalarFieldEnum, 'c')} FROM cliente c
        WHERE ${matches(organizacaoId, filtro)} ${after} ${orderBy} ${limit}`;
      return found.map(toCliente);
    },

    contar: async (filtro: ClienteFiltro): Promise<number> => {
      const [{ total } = { total: 0 }] = await db.$queryRaw<{ total: number }[]>`
        SELECT count(*)::int AS total FROM cliente c WHERE ${matches(organizacaoId, filtro)}`;
      return total;
    },

    /** Keeps others from changing the Cliente until the transaction ends; false when there is none. */
    travar: async (id: string): Promise<boolean> => {
      const locked = await db.$executeRaw`
        SELECT FROM cliente WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid FOR UPDATE`;
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

    apagar: async (id: string): Promise<boolean> => {
      const { count } = await db.cliente.deleteMany({ where: { organizacaoId, id } });
      return count === 1;
    },
  };
};

export type ClienteRepository = ReturnType<typeof createClienteRepository>;
