import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { bounded } from '../bounded';
import { logSparingly } from '../log-sparingly';
import { databaseRoles } from './scope';

/** A connection of its own for a work that is never done, as the role of the events. */
export type OwnConnection = {
  readonly query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** Whether a notification came, since the last call or within `ms` milliseconds. */
  readonly notified: (ms: number) => Promise<boolean>;
  /** Aborted when the work is to end. */
  readonly signal: AbortSignal;
};

type Options = {
  /** The subgraph's database, as the application's login. */
  readonly databaseUrl: string;
  /** What PostgreSQL's list of connections calls it. */
  readonly name: string;
  /** To be listened to. */
  readonly channel: string;
  readonly work: (connection: OwnConnection) => Promise<void>;
};

const firstWaitMs = 100;
const longestWaitMs = 5_000;
const closeMs = 5_000;

const createClient = (connectionString: string, name: string): Client =>
  new Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    query_timeout: 60_000,
    keepAlive: true,
    // The server gives the locks of a machine that vanished to somebody else within half a minute.
    options: `-c role=${databaseRoles.eventos} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3`,
  });

/** Something to wait for that may have happened before anybody waits. */
const createBell = () => {
  let hasRung = false;
  let wake = () => {};
  return {
    ring: () => {
      hasRung = true;
      wake();
    },
    heard: async (ms: number): Promise<boolean> => {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const heard = hasRung;
      hasRung = false;
      return heard;
    },
  };
};

/**
 * Runs a work on a connection of its own that listens to a channel, and anew on another one, after growing waits,
 * whenever the connection is lost or the work fails.
 */
export const onOwnConnection = ({ databaseUrl, name, channel, work }: Options) => {
  const ending = new AbortController();
  const report = logSparingly(`${name} in trouble`);
  const bell = createBell();
  let current: OwnConnection | null = null;

  const once = async (): Promise<void> => {
    const client = createClient(databaseUrl, name);
    let isLost = false;
    const lost = new Promise<never>((_, reject) => {
      const lose = (error = new Error('the connection ended')) => {
        isLost = true;
        reject(error);
      };
      client.on('error', lose);
      client.on('end', () => lose());
    });
    lost.catch(() => {});
    client.on('notification', bell.ring);
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      current = {
        query: async (text, values) => (await client.query(text, values)).rows,
        notified: (ms) => Promise.race([bell.heard(ms), lost]),
        signal: ending.signal,
      };
      await work(current);
    } finally {
      current = null;
      const closing = client.end();
      // The driver may never tell of the end of what was lost.
      await bounded(`closing ${name}`, isLost ? 0 : closeMs, closing).catch(() => {});
    }
  };

  const run = async (): Promise<void> => {
    let waitMs = firstWaitMs;
    while (!ending.signal.aborted) {
      const startedAt = Date.now();
      try {
        await once();
      } catch (error) {
        if (ending.signal.aborted) return;
        report(error);
        waitMs = Date.now() - startedAt > longestWaitMs ? firstWaitMs : Math.min(waitMs * 2, longestWaitMs);
        await sleep(waitMs, undefined, { signal: ending.signal }).catch(() => {});
      }
    }
  };

  const running = run();
  return {
    /** The connection, while there is one. */
    connection: () => current,
    stop: async () => {
      ending.abort();
      bell.ring();
      await running;
    },
  };
};
