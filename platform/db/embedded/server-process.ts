import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { freePort } from '../../free-port';
import { dataOf, logOf } from './cluster';
import { SERVER_ENVIRONMENT, type ServerUser } from './server-user';

// The server must outlive a Ctrl-C, which a terminal sends to the whole process group, and must not
// outlive us, even when we are killed. So it gets a session of its own and a guard beside it that holds
// the other end of a pipe: when the pipe closes, for whatever reason, the guard asks for a fast shutdown.
const GUARDED = `
"$@" 3<&- & server=$!
(read -r _ <&3; kill -INT "$server") & guard=$!
exec 3<&-
wait "$server"; code=$?
kill "$guard" 2>/dev/null; exit "$code"`;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements reach the application, which logs them without personal values; the server's own
  // log would repeat them with, and grow without bound.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

export type ServerProcess = {
  readonly port: number;
  /** False once the server is gone, however it went. */
  running(): boolean;
  /** Disconnects every client, writes everything to disk and ends; gives the exit code, 0 when all is well. */
  stop(): Promise<number | null>;
  /** What this server wrote to its log so far. */
  messages(): Promise<string>;
};

/** Starts the server on a free loopback port; it may not accept connections yet, or fail soon. */
export const spawnServer = async (
  native: string,
  cluster: string,
  user: ServerUser,
): Promise<ServerProcess> => {
  const port = await freePort(0, '127.0.0.1');
  const log = await open(logOf(cluster), 'a', 0o600);
  const { size } = await log.stat();
  if (user.uid !== undefined && user.gid !== undefined) await log.chown(user.uid, user.gid);
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(
    '/bin/sh',
    ['-c', GUARDED, 'teia-postgres', join(native, 'bin', 'postgres'), '-D', dataOf(cluster), ...settings],
    {
      ...user,
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'pipe'],
    },
  );
  await once(child, 'spawn').finally(() => log.close());
  const exited = once(child, 'exit');
  const guard = child.stdio[3] as Writable;
  return {
    port,
    running: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      guard.destroy();
      await exited;
      return child.exitCode;
    },
    messages: async () => (await readFile(logOf(cluster))).subarray(size).toString().trim(),
  };
};
