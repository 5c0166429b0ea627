import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const form = /^teia-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.tar$/;
const partialEnd = '.parcial';
/** Longer than one that is being written is left alone. */
const longestPauseMs = 24 * 3_600_000;

/** The name of a backup made now, to the second: by name is by age. */
export const backupFileName = (now: Date): string =>
  `teia-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar`;

/** Where a backup is written until it is whole. */
export const partialOf = (path: string): string => path + partialEnd;

const isPartial = (name: string): boolean =>
  name.endsWith(partialEnd) && form.test(name.slice(0, -partialEnd.length));

/**
 * Removes the oldest backups of a folder beyond so many, those that nobody has gone on writing for a day, as of a
 * process that was killed, and nothing that has another name.
 *
 * @returns their names.
 */
export const keepNewest = async (folder: string, count: number, now: Date): Promise<string[]> => {
  const names = (await readdir(folder)).sort();
  const backups = names.filter((name) => form.test(name));
  const old = backups.slice(0, Math.max(0, backups.length - count));
  for (const name of names.filter(isPartial)) {
    const { mtimeMs } = await stat(join(folder, name));
    if (now.getTime() - mtimeMs > longestPauseMs) old.push(name);
  }
  for (const name of old) await rm(join(folder, name));
  return old;
};
