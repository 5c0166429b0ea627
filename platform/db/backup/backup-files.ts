import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const form = /^teia-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.tar$/;

/** The name of a backup made now, to the second: by name is by age. */
export const backupFileName = (now: Date): string =>
  `teia-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar`;

/** Removes the oldest backups of a folder beyond so many, and nothing that has another name. @returns their names. */
export const keepNewest = async (folder: string, count: number): Promise<string[]> => {
  const backups = (await readdir(folder)).filter((name) => form.test(name)).sort();
  const old = backups.slice(0, Math.max(0, backups.length - count));
  for (const name of old) await rm(join(folder, name));
  return old;
};
