import { decodeJwt } from 'jose';
import { createAssertionSigner } from '../../platform/assertion/sign-assertion';
import type { Caller } from '../../platform/caller';
import { realEnvironment } from '../../platform/environment';
import { watchSigningKeys } from '../../platform/watch-signing-keys';
import { openClient } from '../measure/ask';
import { operations } from '../operations';
import { digits, markdownTable } from '../report';
import { median, percentile } from '../statistics';
import { type Database, startDatabase } from '../teia/database';
import { fillDemo, signIn } from '../teia/demo-data';
import { startSplit } from '../teia/start';

const warmUp = 500;
const pairs = 3_000;

type Claims = Omit<Caller, 'usuarioId' | 'organizacaoId' | 'sessaoId'> & { org: string; sid: string };

const callerOf = (authorization: string): Caller => {
  const { sub, org, sid, permissoes, equipes } = decodeJwt<Claims>(authorization.replace('Bearer ', ''));
  return { usuarioId: sub!, organizacaoId: org, sessaoId: sid, permissoes, equipes };
};

/** What a subgraph is told when it is asked without the router. */
const assertedAs = async (caller: Caller, { env }: Database) => {
  const keys = await watchSigningKeys(env.TEIA_CHAVES_INTERNAS, 'TEIA_CHAVES_INTERNAS');
  const sign = createAssertionSigner(keys, realEnvironment);
  return {
    headers: async () => ({ authorization: `Bearer ${await sign(caller, 'clientes')}` }),
    stop: keys.stop,
  };
};

/**
 * What the router adds to an answer: the same point read of the subgraph itself and through the router, one after the
 * other and one at a time.
 */
export const benchLatency = async (): Promise<void> => {
  const database = await startDatabase();
  const split = await startSplit(database).catch(async (error) => {
    await database.stop();
    throw error;
  });
  try {
    const subjects = await fillDemo(split.url, database);
    const headers = await signIn(split.url, database);
    const asserted = await assertedAs(callerOf(headers.authorization), database);
    const { body } = operations[0]!;
    const router = openClient({ url: split.url, headers }, 1);
    const subgraph = openClient({ url: `${split.originOf('clientes')}/graphql` }, 1);
    const [direct, through]: [number[], number[]] = [[], []];
    for (let n = -warmUp; n < pairs; n++) {
      const asked = body(n + warmUp, subjects);
      const one = await subgraph.ask(asked, await asserted.headers());
      const other = await router.ask(asked);
      if (n < 0) continue;
      direct.push(one.ms);
      through.push(other.ms);
    }
    await Promise.all([router.close(), subgraph.close(), asserted.stop()]);
    const row = (name: string, ms: readonly number[]) => [
      name,
      ...[50, 95, 99].map((p) => percentile(ms, p)),
    ];
    console.log(
      markdownTable(
        ['point read, one in flight', 'p50 ms', 'p95 ms', 'p99 ms'],
        [row('the subgraph alone', direct), row('through the router', through)],
      ),
    );
    const added = percentile(through, 95) - percentile(direct, 95);
    console.log(
      `\nAdded by the router: median ${digits(median(through) - median(direct))} ms, p95 ${digits(added)} ms`,
    );
  } finally {
    await split.stop();
    await database.stop();
  }
};
