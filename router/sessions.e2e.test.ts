import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { request } from 'undici';
import { fromRoot } from '../platform/project-root';
import { until } from '../platform/testing/until';
import { queryOnce, withClient } from '../platform/testing/with-client';
import { asker } from './testing/sell-once';
import { administrador, type SplitTeia, splitTeia } from './testing/split-teia';

let split: SplitTeia;
beforeAll(async () => {
  split = await splitTeia();
});
afterAll(() => split.stop());

const entrar = 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }';
const sair = 'mutation { sair }';
const eu = '{ eu { id } }';

type Ask = ReturnType<typeof asker>;

/** A new session's access token. */
const entrou = async (ask: Ask): Promise<string> => {
  const { data, errors } = await ask(entrar, { dados: administrador });
  if (errors) throw new Error(JSON.stringify(errors));
  return (data!.entrar as unknown as { tokenAcesso: string }).tokenAcesso;
};

const keysAt = async (origin: string) => {
  const { body } = await request(`${origin}/.well-known/jwks.json`);
  return ((await body.json()) as { keys: object[] }).keys.length;
};

/** Has people wait for usuarios, over every connection that there is to it and to its database. */
const whileAllWait = (asks: readonly Ask[], token: string, use: (database: string) => Promise<void>) => {
  const database = split.adminUrlOf('usuarios');
  const waiting = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return withClient(database, async (admin) => {
    await admin.query('BEGIN; LOCK TABLE usuario');
    // Each its own question: the same one would be sent once for all.
    const hanging = asks.flatMap((ask) =>
      Array.from({ length: 40 }, (_, n) => ask(`{ eu${n}: eu { id } }`, {}, token)),
    );
    await until(async () => (await queryOnce(database, waiting)).length === 10);
    await use(database);
    await admin.query('ROLLBACK');
    await Promise.all(hanging);
  });
};

const rotate = (...options: string[]) =>
  promisify(execFile)(process.execPath, [fromRoot('dist', 'scripts', 'keys-rotate.js'), ...options], {
    env: { ...process.env, NODE_ENV: 'production', ...split.keyFiles },
  });

describe('several routers over one usuarios', () => {
  it('all stop a session that ended, and nobody notices that keys are rotated', async () => {
    const usuarios = await split.serve('usuarios');
    // One hears of it by a signal, the other reads it in time.
    const unlimited = { TEIA_LIMITE_USO: 'sem-limite' };
    const routers = [split.route({ ...unlimited, DATABASE_URL: split.databaseUrl }), split.route(unlimited)];
    const asks = await Promise.all(routers.map(async (router) => asker(await router.url())));
    const [first] = asks as [Ask, Ask];
    const statuses = (token: string) =>
      Promise.all(asks.map(async (ask) => (await ask(eu, {}, token)).status));
    const [ended, kept] = [await entrou(first), await entrou(first)];
    expect(await statuses(ended)).toEqual([200, 200]);

    expect(await first(sair, {}, ended)).toMatchObject({ status: 200, data: { sair: true } });
    const endedAt = Date.now();
    await until(async () => (await statuses(ended)).every((status) => status === 401));
    expect(Date.now() - endedAt).toBeLessThan(5_000);
    expect(await statuses(kept)).toEqual([200, 200]);

    const gone = await entrou(first);
    await whileAllWait(asks, kept, async (database) => {
      const sql = 'INSERT INTO revogacao (id, sessao_id, desde) VALUES (uuidv7(), $1, now())';
      await queryOnce(database, sql, [decodeJwt(gone).sid]);
      const goneAt = Date.now();
      for (const ask of asks) {
        // What the router answers alone.
        await until(async () => (await ask('{ __typename }', {}, gone)).status === 401);
      }
      expect(Date.now() - goneAt).toBeLessThan(5_000);
    });
    expect(await statuses(kept)).toEqual([200, 200]);

    const answers: number[] = [];
    let isOver = false;
    const load = async () => {
      while (!isOver) answers.push(...(await statuses(kept)));
    };
    const loading = load();
    await rotate();
    const { stdout } = await rotate('internas', '--demora', '6');
    const from = Date.parse(/a partir de (\S+Z)/.exec(stdout)![1]!);
    await until(async () => Date.now() > from + 2_000 && (await keysAt(usuarios.url)) === 2);
    isOver = true;
    await loading;
    expect(answers.length).toBeGreaterThan(20);
    expect(new Set(answers)).toEqual(new Set([200]));
    for (const file of Object.values(split.keyFiles)) {
      expect(JSON.parse(await readFile(file, 'utf8')).keys).toHaveLength(2);
    }

    // A router that knows of no revocation lets nobody in, and everybody as soon as it does.
    await usuarios.end('SIGKILL');
    const late = asker(await split.route().url());
    expect(await late('{ __typename }')).toMatchObject({ status: 200 });
    expect(await late(eu, {}, kept)).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    await split.serve('usuarios');
    await until(async () => (await late(eu, {}, kept)).status === 200);
    expect((await late(eu, {}, ended)).status).toBe(401);
  }, 120_000);
});

describe('a rotation that cannot be', () => {
  it.each([
    ['something else', ['tokens']],
    ['too much', ['internas', 'internas']],
    ['a delay that is none', ['--demora', 'logo']],
    ['an option that there is not', ['--agora']],
  ])('is refused with its usage: %s', async (_, options) => {
    const refusal = await rotate(...options).catch((error) => error);
    expect(refusal.code).toBe(1);
    expect(refusal.stderr).toMatch(/^Uso: npm run keys:rotate/);
  });
});
