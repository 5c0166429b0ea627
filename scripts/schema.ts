import 'reflect-metadata';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { fromRoot } from '../platform/project-root';
import { schemaFiles } from './schema-files';

const pathOf = (file: string): string => fromRoot('schema', file);

/** Files of subgraphs that are no longer in the list. */
const leftOver = async (files: ReadonlyMap<string, string>): Promise<string[]> =>
  (await readdir(pathOf('subgraphs')).catch(() => []))
    .map((file) => `subgraphs/${file}`)
    .filter((file) => !files.has(file));

/** The files that are not as the code says, missing and left over ones included. */
const findDrift = async (files: ReadonlyMap<string, string>): Promise<string[]> => {
  const drifted = await leftOver(files);
  for (const [file, text] of files) {
    if ((await readFile(pathOf(file), 'utf8').catch(() => null)) !== text) drifted.push(file);
  }
  return drifted;
};

const write = async (files: ReadonlyMap<string, string>, drifted: readonly string[]): Promise<void> => {
  for (const file of drifted) {
    const text = files.get(file);
    await mkdir(dirname(pathOf(file)), { recursive: true });
    await (text === undefined ? rm(pathOf(file)) : writeFile(pathOf(file), text));
    console.log(`schema/${file} ${text === undefined ? 'removido' : 'gravado'}`);
  }
};

const main = async () => {
  const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
  const files = await schemaFiles();
  const drifted = await findDrift(files);
  if (!check) await write(files, drifted);
  if (drifted.length === 0) console.log('schema/ está de acordo com o código.');
  if (check && drifted.length > 0) {
    throw new Error(
      `Fora de acordo com o código (rode npm run schema):\n${drifted.map((file) => `  schema/${file}`).join('\n')}`,
    );
  }
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
