import { Client } from 'pg';
import { v7 } from 'uuid';
import { PrismaClient } from '../../prisma/clientes/client/client';
import { openDatabase } from '../db/open-database';
import { runInScope } from '../db/scope';
import { createTestDatabase } from '../testing/test-database';
import { createEquipeRepository } from './equipe.repository';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let admin: Client;
let opened: ReturnType<typeof openDatabase<PrismaClient>>;
beforeAll(async () => {
  database = await createTestDatabase('clientes');
  admin = new Client(database.adminUrl);
  await admin.connect();
  opened = openDatabase<PrismaClient>(PrismaClient, database.url);
});
afterAll(async () => {
  await opened.stop();
  await admin.end();
  await database.drop();
});

/** The equipes of an organization, asked in its own scope or, with `dentroDe`, in another's. */
const equipesDe = (organizacaoId: string, dentroDe = organizacaoId) => {
  const repository = createEquipeRepository(opened.prisma, organizacaoId);
  const inScope = <Result>(work: () => Promise<Result>) =>
    runInScope({ role: 'inquilino', organizacaoId: dentroDe }, work);
  return {
    gravar: (equipeId: string, membros: readonly string[]) =>
      inScope(() => repository.gravar(equipeId, membros)),
    colegas: async (equipeIds: readonly string[], usuarioIds: readonly string[]) =>
      (await inScope(() => repository.colegas(equipeIds, usuarioIds))).map(({ id }) => id).sort(),
  };
};

const pessoas = (count: number) => Array.from({ length: count }, () => v7()).sort();

test('whoever was in it last is in it, and nobody else', async () => {
  const { gravar, colegas } = equipesDe(v7());
  const [a, b, c] = pessoas(3) as [string, string, string];
  const equipe = v7();
  for (const membros of [[a, b], [b, c], [], [a, a, a], [c, b, a], [b]]) {
    await gravar(equipe, membros);
    await gravar(equipe, membros);
    expect(await colegas([equipe], [a, b, c, v7()])).toEqual([...new Set(membros)].sort());
  }
});

test('an equipe says nothing of another, and somebody in two is there once', async () => {
  const { gravar, colegas } = equipesDe(v7());
  const [a, b, c] = pessoas(3) as [string, string, string];
  const [uma, outra] = [v7(), v7()];
  await gravar(uma, [a, b]);
  await gravar(outra, [b, c]);
  expect(await colegas([uma], [a, b, c])).toEqual([a, b]);
  expect(await colegas([uma, outra, v7()], [a, b, c])).toEqual([a, b, c]);
  expect(await colegas([], [a, b, c])).toEqual([]);
  expect(await colegas([uma], [])).toEqual([]);
  await gravar(uma, []);
  expect(await colegas([uma, outra], [a, b, c])).toEqual([b, c]);
});

test('an equipe of the same id in another organization is another, each by its own lock', async () => {
  const [aqui, ali] = [v7(), v7()];
  const equipe = v7();
  const [a, b] = pessoas(2) as [string, string];
  await equipesDe(aqui).gravar(equipe, [a]);
  await equipesDe(ali).gravar(equipe, [b]);
  expect(await equipesDe(aqui).colegas([equipe], [a, b])).toEqual([a]);
  expect(await equipesDe(aqui, ali).colegas([equipe], [a, b])).toEqual([]);
  await expect(equipesDe(aqui, ali).gravar(equipe, [b])).rejects.toThrow();

  const { rows } = await admin.query('SELECT usuario_id FROM teia.equipe_membro WHERE equipe_id = $1', [
    equipe,
  ]);
  expect(rows.map(({ usuario_id }) => usuario_id).sort()).toEqual([a, b]);
});
