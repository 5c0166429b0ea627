import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../../platform/config';
import { fromRoot } from '../../platform/project-root';

export type RegisteredOperation = { readonly name: string; readonly text: string };

/** By the SHA-256 of the text, in hexadecimal. */
export type RegisteredOperations = ReadonlyMap<string, RegisteredOperation>;

/** Persisted query manifests of Apollo, which the code generators of front ends write. */
const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), body: z.string() })),
});

/** The SHA-256 of a text, in hexadecimal: how clients name an operation without sending it. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const wrong = (file: string, why: string) => new ConfigError(`TEIA_MANIFESTO: ${file} ${why}.`);

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw wrong(file, `não pôde ser lido (${(error as NodeJS.ErrnoException).code})`);
  }
};

const readJson = (file: string): unknown => {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(file, 'não é JSON');
  }
};

const readManifest = (file: string): [string, RegisteredOperation][] => {
  const { data } = manifest.safeParse(readJson(file));
  if (!data) throw wrong(file, 'não é um manifesto apollo-persisted-query-manifest, versão 1');
  return data.operations.map(({ id, name, body }) => {
    if (id !== hashOf(body)) throw wrong(file, `dá a ${name} um id que não é o SHA-256 do seu texto`);
    return [id, { name, text: body }];
  });
};

/**
 * The operations that the router knows from its start: those of the manifests named, or else those of
 * `schema/operations`.
 *
 * @throws ConfigError naming TEIA_MANIFESTO when a file is no manifest.
 */
export const readRegistered = (
  files: readonly string[] = [fromRoot('schema', 'client', 'operations.json')],
): RegisteredOperations => new Map(files.flatMap(readManifest));
