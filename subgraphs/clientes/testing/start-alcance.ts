import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { openDatabase } from '../../../platform/db/open-database';
import { realEnvironment } from '../../../platform/environment';
import type { SubgraphLinks } from '../../../platform/subgraph-link';
import { PrismaClient } from '../../../prisma/clientes/client/client';
import { createEquipeTeller, type Dono, donos, novaGente } from '../../testing/equipes';
import { startSubgraph } from '../../testing/start-subgraph';
import clientes from '..';
import { createRepositories } from '../context';
import { subscribers } from '../subscribers';

const documentos: Readonly<Record<Dono, string>> = {
  eu: '52998224725',
  colega: '12ABC34501DE35',
  estranho: '11144477735',
  ninguem: '11222333000181',
};

/** What somebody has in a Cliente: the ids by which they may ask for it. */
export type Alvo = { readonly clienteId: string; readonly enderecoId: string; readonly notaId: string };

/** The subgraph of Clientes, asked by people with different reaches; every person is known in usuarios. */
export const startAlcance = async () => {
  const links: SubgraphLinks = () => async () => ({ data: { _entities: [{ id: randomUUID() }] } });
  const subgraph = await startSubgraph(clientes, { links });
  const { run, data } = subgraph;
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, subgraph.database.url);
  const contar = createEquipeTeller(
    { db: prisma, repositories: createRepositories, environment: realEnvironment },
    subscribers,
  );

  const umAlvo = async (caller: Caller, dono: Dono, responsavelId: string | null): Promise<Alvo> => {
    const { criarCliente } = await data(
      caller,
      'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }',
      {
        dados: {
          tipo: documentos[dono].length === 11 ? 'FISICA' : 'JURIDICA',
          nome: `Cliente ${dono}`,
          documento: documentos[dono],
          etiquetas: ['todos'],
          responsavelId,
        },
      },
    );
    const parte = await data(
      caller,
      `mutation ($id: ID!) {
        adicionarEndereco(dados: { clienteId: $id, logradouro: "Rua", cidade: "Recife", uf: PE, cep: "50000000" }) { id }
        adicionarNota(dados: { clienteId: $id, texto: "nota" }) { id }
      }`,
      { id: criarCliente.id },
    );
    return {
      clienteId: criarCliente.id,
      enderecoId: parte.adicionarEndereco.id,
      notaId: parte.adicionarNota.id,
    };
  };

  /** A new organization with a Cliente of each kind of owner. */
  const novaCarteira = async () => {
    const gente = novaGente();
    const { organizacaoId, equipeId, pessoas, quem } = gente;
    await contar(organizacaoId, equipeId, [pessoas.eu!, pessoas.colega!]);
    // Of another equipe, and of one of another organization that has the same id, nobody is a colleague.
    await contar(organizacaoId, randomUUID(), [pessoas.colega!, pessoas.estranho!]);
    await contar(randomUUID(), equipeId, [pessoas.estranho!]);
    const alvos = await Promise.all(
      donos.map(async (dono) => [dono, await umAlvo(quem('TODOS'), dono, pessoas[dono])] as const),
    );
    return { ...gente, alvos: Object.fromEntries(alvos) as Record<Dono, Alvo> };
  };

  return {
    database: subgraph.database,
    run,
    data,
    contar,
    documentos,
    novaCarteira,
    stop: async () => {
      await stop();
      await subgraph.stop();
    },
  };
};
