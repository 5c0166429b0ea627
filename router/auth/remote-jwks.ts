import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Environment } from '../../platform/environment';
import { unavailable } from '../../platform/errors';
import { describeError, type Log } from '../../platform/log';
import type { OnClose } from '../../platform/run-process';
import type { JwksSource } from '../../platform/verified-jwt';

const path = '/.well-known/jwks.json';
const patienceMs = 5_000;
const largestAnswer = 64 * 1024;

/** How old a key set may become before it is asked for again. */
const freshForMs = 60_000;
/** Between two attempts, whatever they are for: anybody can send a token with a key that nobody knows. */
const pauseMs = 10_000;
/** While there is no key set, and nobody gets in. */
const firstPauseMs = 1_000;

const keySet = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
      }),
    )
    .min(1),
});

type Options = {
  /** Where the instances of usuarios answer. */
  readonly origins: readonly string[];
  /** The last key set is kept there, for a start while usuarios is down. */
  readonly dataDir: string;
  readonly environment: Pick<Environment, 'agora'>;
  readonly log: Log;
  readonly onClose: OnClose;
};

const parseKeySet = (text: string): JSONWebKeySet => keySet.parse(JSON.parse(text));

const fetchKeySet = async (pool: Pool): Promise<JSONWebKeySet> => {
  const { statusCode, body } = await pool.request({
    path,
    method: 'GET',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (statusCode === 200) return parseKeySet(await body.text());
  await body.dump();
  throw new Error(`answered ${statusCode}`);
};

/** From the first that answers. */
const fetchFromAny = async ([pool, ...others]: readonly Pool[]): Promise<JSONWebKeySet> =>
  fetchKeySet(pool!).catch((error: unknown) => {
    if (others.length === 0) throw error;
    return fetchFromAny(others);
  });

const createKeptFile = (dataDir: string, log: Log) => {
  const file = join(dataDir, 'chaves-publicas.json');
  const write = async (set: JSONWebKeySet) => {
    await mkdir(dataDir, { recursive: true });
    const scratch = `${file}.${randomUUID()}`;
    try {
      await writeFile(scratch, JSON.stringify(set), { mode: 0o600, flag: 'wx', flush: true });
      await rename(scratch, file);
    } finally {
      await rm(scratch, { force: true });
    }
  };
  return {
    read: async (): Promise<JSONWebKeySet | undefined> => {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      try {
        return text === undefined ? undefined : parseKeySet(text);
      } catch (error) {
        log.warn({ erro: describeError(error) }, 'the kept public keys cannot be read');
        return undefined;
      }
    },
    /** A router that cannot write works all the same, but not from a start without usuarios. */
    keep: (set: JSONWebKeySet): Promise<void> =>
      write(set).catch((error: unknown) =>
        log.warn({ erro: describeError(error) }, 'the public keys cannot be kept'),
      ),
  };
};

/**
 * The key set that usuarios publishes, from another process: fetched at once, for all who wait, at most every
 * minute, or sooner for a key that is not in it, but never more often than every 10 s, or every second as long as
 * there is none. While usuarios does not answer the last one holds, a restart included.
 *
 * @throws CodedError SUBGRAPH_UNAVAILABLE as long as there never was one.
 */
export const createRemoteJwks = ({ origins, dataDir, environment, log, onClose }: Options): JwksSource => {
  const pools = origins.map(
    (origin) =>
      new Pool(origin, {
        connections: 1,
        connect: { timeout: patienceMs },
        maxResponseSize: largestAnswer,
      }),
  );
  onClose(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
  });
  const file = createKeptFile(dataDir, log);
  let kept: Promise<JSONWebKeySet | undefined> | undefined;
  let current: JSONWebKeySet | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const refresh = async (now: number): Promise<void> => {
    attemptedAt = now;
    try {
      const set = await fetchFromAny(pools);
      fetchedAt = now;
      // The same object for the same keys: with another one everything verified so far would be forgotten.
      if (JSON.stringify(set) === JSON.stringify(current)) return;
      current = set;
      await file.keep(set);
    } catch (error) {
      log.warn({ erro: describeError(error) }, 'the public keys of usuarios cannot be fetched');
    }
  };

  const jwks: JwksSource = async (kid) => {
    kept ??= file.read();
    current ??= await kept;
    const now = environment.agora().getTime();
    const isMissing = !current || (kid !== undefined && !current.keys.some((key) => key.kid === kid));
    const isDue = isMissing || now - fetchedAt >= freshForMs;
    if (isDue && now - attemptedAt >= (current ? pauseMs : firstPauseMs)) {
      fetching ??= refresh(now).finally(() => {
        fetching = undefined;
      });
    }
    if (isMissing) await fetching;
    if (!current) throw unavailable();
    return current;
  };
  // Before anybody asks; what went wrong is logged.
  void jwks().catch(() => undefined);
  return jwks;
};
