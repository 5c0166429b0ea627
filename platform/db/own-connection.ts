import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { bounded } from '../bounded';
import { logSparingly } from '../log-sparingly';
import { databaseRoles } from './scope';

/** A connection of its own for a work that is never done, as the role of the events. */
export type OwnConnection = {
  /** One statement at a time: who asks meanwhile waits for its turn. */
  readonly query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;
  /**
   * Whether a notification came, since the last call or within `ms` milliseconds.
   *
   * @throws Error as soon as the connection is lost.
   */
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

const settings = {
  role: databaseRoles.eventos,
  // The server gives the locks of a machine that vanished to somebody else within half a minute.
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
  // Without statistics, as after an import or a crash, the planner would rather sort a whole backlog for each batch than
  // read it in the order of its index.
  enable_sort: 'off',
};

const createClient = (connectionString: string, name: string): Client =>
  new Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    query_timeout: 60_000,
    keepAlive: true,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  });

/** Something for one to wait for that may have happened before. */
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
  let wake = () => {};
  let current: OwnConnection | null = null;

  const once = async (): Promise<void> => {
    const client = createClient(databaseUrl, name);
    // Of this connection alone: what still waits at a lost one must not hear what is meant for the next.
    const { ring, heard } = createBell();
    wake = ring;
    let loss: Error | null = null;
    const lose = (error = new Error('the connection ended')) => {
      loss ??= error;
      ring();
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', ring);
    let turn: Promise<unknown> = Promise.resolve();
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      current = {
        query: (text, values) => {
          const answer = turn.then(() => client.query(text, values)).then(({ rows }) => rows);
          turn = answer.catch(() => {});
          return answer;
        },
        notified: async (ms) => {
          const isNotified = await heard(ms);
          if (loss) throw loss;
          return isNotified;
        },
        signal: ending.signal,
      };
      await work(current);
    } finally {
      current = null;
      const closing = client.end();
      // The driver may never tell of the end of what was lost.
      await bounded(`closing ${name}`, loss ? 0 : closeMs, closing).catch(() => {});
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
      wake();
      await running;
    },
  };
};
