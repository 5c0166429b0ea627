import { z } from 'zod';

export const MANIFEST = 'manifest.json';

const table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  file: z.string(),
  rows: z.string(),
  checksum: z.string(),
});

const database = z.object({
  /** Of the subgraph. */
  name: z.string(),
  /** Those applied, with the SHA-256 of their scripts. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(table),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
});

const manifest = z.object({
  format: z.literal(1),
  /** Of the Teia that made the backup. */
  version: z.string(),
  /** Instant, ISO 8601, of which it is. */
  at: z.iso.datetime(),
  databases: z.array(database),
});

export type Manifest = z.output<typeof manifest>;
export type DatabaseBackup = z.output<typeof database>;

/** @throws Error when it is of another format. */
export const parseManifest = (text: string): Manifest => {
  const { data } = manifest.safeParse(JSON.parse(text));
  if (!data) throw new Error('A cópia tem um formato que esta versão do Teia não conhece.');
  return data;
};
