import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { describeSchema } from '../platform/db/describe-schema';
import { diffSchema } from '../platform/db/diff-schema';
import { migrateDown, migrateUp } from '../platform/db/migrate';
import { fromRoot } from '../platform/project-root';
import { createTestDatabase } from '../platform/testing/test-database';
import { subgraphs } from '.';

describe.each(Object.keys(subgraphs))('the migrations of %s', (subgraph) => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  beforeAll(async () => {
    database = await createTestDatabase(subgraph);
  });
  afterAll(() => database.drop());

  const schema = async () => {
    const client = new Client(database.adminUrl);
    await client.connect();
    try {
      return await describeSchema(client);
    } finally {
      await client.end();
    }
  };

  it('lead to what schema.prisma says', async () => {
    const datamodel = await readFile(fromRoot('prisma', subgraph, 'schema.prisma'), 'utf8');
    expect(await diffSchema(database.adminUrl, datamodel)).toBeNull();
  });

  it('leave the same schema when taken back and applied again', async () => {
    const before = await schema();
    const names = await migrateDown({ adminUrl: database.adminUrl, subgraph, steps: 1_000 });
    expect(names.length).toBeGreaterThan(1);
    expect((await schema()).length).toBeLessThan(5);
    await migrateUp({ adminUrl: database.adminUrl, subgraph });
    expect(await schema()).toEqual(before);
  });
});
