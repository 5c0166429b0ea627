import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fromRoot } from '../../../platform/project-root';

// biome-ignore lint/suspicious/noExplicitAny: repositories are found by walking the folders; probes know their types
export type Repository = Record<string, (...args: any[]) => Promise<unknown>>;

type Factory = (db: unknown, organizacaoId: string) => Repository;

/** The repository files of a subgraph, by name: `cliente.repository` */
export const repositoryFiles = (subgraph: string): string[] =>
  readdirSync(fromRoot('subgraphs', subgraph), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.repository.ts'),
  );

/** The one factory that a repository file exports. */
export const factoryIn = (
  subgraph: string,
  file: string,
): { readonly name: string; readonly create: Factory } => {
  const exported: Record<string, unknown> = require(fromRoot('subgraphs', subgraph, file));
  const factories = Object.entries(exported).filter(([key]) => /^create\w+Repository$/.test(key));
  const [[name, create] = []] = factories;
  if (factories.length !== 1 || typeof create !== 'function') {
    throw new Error(`${file} must export exactly one create…Repository`);
  }
  return { name: name ?? basename(file), create: create as Factory };
};
