import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PrismaPg } from '@prisma/adapter-pg';
import { fromRoot } from '../project-root';

// The JavaScript generator needs no compiling, and brings a copy of the same runtime.
const schema = `
  generator client {
    provider = "prisma-client-js"
    output   = "./client"
  }
  datasource db {
    provider = "postgresql"
  }
  model Cliente {
    id            String  @id @default(dbgenerated("uuidv7()")) @db.Uuid
    organizacaoId String  @map("organizacao_id") @db.Uuid
    nome          String
    documento     String?
    @@unique([organizacaoId, documento])
    @@map("cliente")
  }`;

export type Cliente = { id: string; organizacaoId: string; nome: string; documento: string | null };

type Find = { where?: Partial<Cliente>; orderBy?: { nome: 'asc' } };

export type TestTransaction = {
  readonly cliente: {
    create(given: {
      data: { organizacaoId: string; nome: string; documento?: string };
    }): PromiseLike<Cliente>;
    count(): PromiseLike<number>;
    findFirst(given: Find): PromiseLike<Cliente | null>;
    findMany(given: Find): PromiseLike<Cliente[]>;
    findUnique(given: { where: { id: string } }): PromiseLike<Cliente | null>;
  };
  $executeRaw(sql: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
  $queryRaw<Rows>(sql: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows>;
};

/** What the tests use of the client that Prisma generates for the table of `createScopedDatabase`. */
export type TestPrisma = TestTransaction & {
  $transaction<Result>(
    work: (tx: TestTransaction) => Promise<Result>,
    options?: { isolationLevel?: 'Serializable'; timeout?: number },
  ): Promise<Result>;
  $transaction(batch: readonly PromiseLike<unknown>[]): Promise<unknown[]>;
  $disconnect(): Promise<void>;
};

/** Generates the client into a folder of its own, which it reads until `remove`. */
export const generatePrisma = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'teia-prisma-'));
  await writeFile(join(folder, 'schema.prisma'), schema);
  await symlink(fromRoot('node_modules'), join(folder, 'node_modules'));
  const command = [fromRoot('node_modules/prisma/build/index.js'), 'generate', '--no-hints'];
  await promisify(execFile)(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  });
  const { PrismaClient }: { PrismaClient: new (options: { adapter: PrismaPg }) => TestPrisma } = require(
    join(folder, 'client'),
  );
  return { PrismaClient, remove: () => rm(folder, { recursive: true }) };
};
