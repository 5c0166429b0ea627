import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { diffSchema } from './diff-schema';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded';

jest.setTimeout(60_000);

const datamodel = `
datasource db {
  provider = "postgresql"
}

enum Cor {
  AZUL
  VERDE
}

model Coisa {
  id             String @id @db.Uuid
  organizacaoId  String @map("organizacao_id") @db.Uuid
  cor            Cor    @default(AZUL)
  nome           String
  partes         Parte[]

  @@unique([organizacaoId, id])
  @@map("coisa")
}

model Parte {
  id             String @id @db.Uuid
  organizacaoId  String @map("organizacao_id") @db.Uuid
  coisaId        String @map("coisa_id") @db.Uuid
  coisa          Coisa  @relation(fields: [organizacaoId, coisaId], references: [organizacaoId, id], onDelete: Cascade)

  @@map("parte")
}
`;

let folder: string;
let server: EmbeddedPostgres;
let client: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'teia-diff-'));
  chmodSync(folder, 0o755);
  server = await startEmbeddedPostgres({ dataDir: folder });
  client = new Client(server.adminUrl);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the scripts lead from the database to the datamodel and back', async () => {
  const first = await diffSchema(server.adminUrl, datamodel);
  await client.query(first?.up ?? '');
  expect(await diffSchema(server.adminUrl, datamodel)).toBeNull();

  // What the datamodel cannot say is no difference.
  await client.query('ALTER TABLE coisa ENABLE ROW LEVEL SECURITY; CREATE INDEX ON coisa (lower(nome))');
  expect(await diffSchema(server.adminUrl, datamodel)).toBeNull();

  const grown = datamodel.replace('nome           String', 'nome           String\n  peso Int?');
  const second = await diffSchema(server.adminUrl, grown);
  expect(second?.up).toContain('ADD COLUMN     "peso" INTEGER');
  expect(second?.down).toContain('DROP COLUMN "peso"');

  await client.query(first?.down ?? '');
  expect(await diffSchema(server.adminUrl, datamodel)).toEqual(first);
});

test('a datamodel that is wrong is an error', async () => {
  await expect(diffSchema(server.adminUrl, 'model {')).rejects.toThrow(/P1012|[Ee]rror/);
});
