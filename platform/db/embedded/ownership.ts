import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { log } from '../../log';
import { ADMIN_USER } from './cluster';

const CONNECT_TIMEOUT_MS = 2_000;
const RETRY_MS = 500;

/** 'teia' in ASCII, and the first use of it. */
const OWNER_LOCK = [0x74656961, 1];

/** A connection as the administrator, or null when the server does not accept one (yet, or any more). */
export const connectAsAdmin = async (port: number, password: string): Promise<Client | null> => {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: ADMIN_USER,
    password,
    database: 'postgres',
    application_name: 'teia-owner',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener a connection that breaks later would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
};

/**
 * Makes this process the owner of the server, or says false when another one is. The server itself
 * keeps the lock, as a session's, so that it is free again the moment its owner dies.
 */
export const tryToOwn = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS owned', OWNER_LOCK);
  return rows[0].owned;
};

/**
 * Makes this process the owner of a server found running, says false when another one is, and null while
 * the server is so young that the process which started it may be about to.
 */
export const tryToOwnFound = async (client: Client): Promise<boolean | null> => {
  const { rows } = await client.query(
    `SELECT CASE WHEN pg_postmaster_start_time() < now() - interval '2 seconds'
                 THEN pg_try_advisory_lock($1, $2) END AS owned`,
    OWNER_LOCK,
  );
  return rows[0].owned;
};

/**
 * Owns the server again after it lost its sessions, as when one of its processes crashed, for as long as
 * `running` says so.
 */
export const keepOwning = (
  client: Client,
  running: () => boolean,
  reconnect: () => Promise<Client | null>,
) => {
  client.once('end', async () => {
    while (running()) {
      const next = await reconnect();
      if (next && (await tryToOwn(next).catch(() => false))) {
        log.warn('the embedded database restarted');
        return keepOwning(next, running, reconnect);
      }
      await next?.end().catch(() => undefined);
      await sleep(RETRY_MS);
    }
  });
};
