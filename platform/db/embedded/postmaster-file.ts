import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The command line of a process, empty for one that is dead but not yet reaped, null for none. */
const commandLine = async (pid: number): Promise<string | null> => {
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    }
    return (await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return null;
  }
};

/** Where a live server of this data folder listens, or null when there is none. */
export const findServer = async (data: string): Promise<{ pid: number; port: number } | null> => {
  const path = join(data, 'postmaster.pid');
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid) return null;
  const command = await commandLine(pid);
  // PostgreSQL itself replaces the file of a process that is gone.
  if (command === null) return null;
  if (/^\S*.*\/postgres -D /.test(command) && command.includes(` -D ${data} `)) {
    return { pid, port: Number(lines[3]) };
  }
  // After a crash the number may belong to any other process; PostgreSQL would wait for that one for ever.
  await rm(path, { force: true });
  return null;
};
