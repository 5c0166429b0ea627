import type { Client } from 'pg';
import { v7 } from 'uuid';
import { fold } from '../../../platform/text';
import { termosDeBusca } from '../cliente/termos-de-busca';

const prenomes =
  'Ana Maria José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Bruno Eduardo Felipe Rodrigo Mateus Juliana Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Vera Érica Débora Cláudia Íris Zélia'.split(
    ' ',
  );
const sobrenomes =
  'Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira Araújo Pinto Moura Cavalcanti Monteiro'.split(
    ' ',
  );

/** Names by a fixed arithmetic, so that each run has the same ones; the last one is rare. */
const nomeDe = (index: number, total: number): string => {
  if (index === total - 1) return 'Zwinglio Raríssimo';
  const prenome = prenomes[(index * 7) % prenomes.length];
  const meio = sobrenomes[(index * 11 + (index >> 4)) % sobrenomes.length];
  return `${prenome} ${meio} ${sobrenomes[(index * 13 + (index >> 8)) % sobrenomes.length]}`;
};

const clienteDe = (index: number, total: number) => {
  const nome = nomeDe(index, total);
  return {
    id: v7(),
    nome,
    nomeOrdem: fold(nome),
    documento: String(10_000_000_000 + index),
    emails: [`cliente${index}@exemplo.com.br`],
    telefones: [`+55119${String(10_000_000 + index).padStart(8, '0')}`],
  };
};

const batchSize = 10_000;

/** Fills an organization with so many Clientes and their search terms, past row-level security. */
export const plantClientes = async (admin: Client, organizacaoId: string, total: number): Promise<void> => {
  await admin.query('SET session_replication_role = replica');
  for (let start = 0; start < total; start += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, total - start) }, (_, i) =>
      clienteDe(start + i, total),
    );
    await admin.query(
      `INSERT INTO cliente (id, organizacao_id, tipo, nome, nome_ordem, documento, emails, telefones, ativo, versao,
         criado_em, atualizado_em)
       SELECT id, $1, 'FISICA', nome, nome_ordem, documento, ARRAY[email], ARRAY[telefone], true, 1,
         now() + n * interval '1 ms', now()
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
         AS t (id, nome, nome_ordem, documento, email, telefone, n)`,
      [
        organizacaoId,
        batch.map(({ id }) => id),
        batch.map(({ nome }) => nome),
        batch.map(({ nomeOrdem }) => nomeOrdem),
        batch.map(({ documento }) => documento),
        batch.map(({ emails }) => emails[0]),
        batch.map(({ telefones }) => telefones[0]),
        batch.map((_, i) => start + i),
      ],
    );
    const terms = batch.flatMap((cliente) =>
      termosDeBusca(cliente).map((termo) => ({ id: cliente.id, ...termo })),
    );
    await admin.query(
      `INSERT INTO termo_busca (organizacao_id, termo, cliente_id, do_documento)
       SELECT $1, termo, id, do_documento
       FROM unnest($2::text[], $3::uuid[], $4::boolean[]) AS t (termo, id, do_documento)`,
      [
        organizacaoId,
        terms.map(({ termo }) => termo),
        terms.map(({ id }) => id),
        terms.map(({ doDocumento }) => doDocumento),
      ],
    );
  }
  await admin.query('SET session_replication_role = origin');
};
