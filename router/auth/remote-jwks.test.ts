import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import { rawServer } from '../testing/subgraph-server';
import { createRemoteJwks } from './remote-jwks';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
});
afterAll(() => temporary.remove());

const publicKey = (kid: string) => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: 'A'.repeat(43),
  kid,
  alg: 'EdDSA',
  use: 'sig',
});
const kidsOf = async (set: Promise<{ keys: { kid?: string }[] }>) => (await set).keys.map(({ kid }) => kid);
const unavailable = { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };

let folders = 0;
const newFolder = () => join(temporary.path, `${folders++}`);

/** Somebody who publishes `kids` (or `raw`, or nothing), and ways to ask for them from a router of its own. */
const publisher = async (kids: string[] | null = ['a']) => {
  const state = { kids, raw: undefined as string | undefined, now: Date.parse('2026-11-22T12:00:00Z') };
  const server = await rawServer((response) => {
    if (state.raw !== undefined) response.writeHead(200).end(state.raw);
    else if (state.kids === null) response.writeHead(503).end();
    else response.end(JSON.stringify({ keys: state.kids.map(publicKey) }));
  });
  const opened: (() => Promise<void>)[] = [];
  const logged: string[] = [];
  return {
    state,
    server,
    logged,
    asked: () => server.received.length,
    source: (dataDir = newFolder()) =>
      createRemoteJwks({
        origins: [new URL(server.url).origin],
        dataDir,
        environment: { agora: () => new Date(state.now) },
        log: pino({}, { write: (line) => logged.push(line) }),
        onClose: (close) => opened.push(close),
      }),
    stop: async () => {
      await server.close();
      for (const close of opened) await close();
    },
  };
};
type Publisher = Awaited<ReturnType<typeof publisher>>;

const withPublisher =
  (use: (publisher: Publisher) => Promise<void>, kids: string[] | null = ['a']) =>
  async () => {
    const one = await publisher(kids);
    await use(one).finally(one.stop);
  };

const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

test(
  'many requests at once fetch once, and get the same object until the keys change',
  withPublisher(async ({ state, source, asked }) => {
    const jwks = source();
    const sets = await Promise.all(Array.from({ length: 20 }, () => jwks()));
    expect(new Set(sets).size).toBe(1);
    expect(asked()).toBe(1);

    state.now += 59_000;
    await jwks();
    expect(asked()).toBe(1);
    state.now += 2_000;
    expect(await jwks()).toBe(sets[0]);
    await settled();
    expect(asked()).toBe(2);
    expect(await jwks()).toBe(sets[0]);

    state.kids = ['a', 'b'];
    state.now += 61_000;
    await jwks();
    await settled();
    expect(await kidsOf(jwks())).toEqual(['a', 'b']);
  }),
);

test(
  'an unknown key is looked for at once, but not again and again',
  withPublisher(async ({ state, source, asked }) => {
    const jwks = source();
    await jwks();
    state.now += 10_000;
    state.kids = ['a', 'b'];
    expect(await kidsOf(jwks('b'))).toEqual(['a', 'b']);
    expect(asked()).toBe(2);
    for (let i = 0; i < 200; i += 1) await jwks(`inventada-${i}`);
    expect(asked()).toBe(2);
    state.now += 10_000;
    await Promise.all(Array.from({ length: 50 }, (_, i) => jwks(`inventada-${i}`)));
    expect(asked()).toBe(3);
  }),
);

test(
  'while usuarios is down the last keys hold, also from a start without it',
  withPublisher(async ({ state, server, source }) => {
    const dataDir = newFolder();
    await source(dataDir)();
    expect(await readdir(dataDir)).toEqual(['chaves-publicas.json']);
    await server.close();
    const restarted = source(dataDir);
    expect(await kidsOf(restarted())).toEqual(['a']);
    state.now += 3_600_000;
    expect(await kidsOf(restarted())).toEqual(['a']);
    expect(await kidsOf(restarted('b'))).toEqual(['a']);
  }),
);

test(
  'asks for the keys before anybody needs them',
  withPublisher(async ({ source, asked }) => {
    source();
    await settled();
    expect(asked()).toBe(1);
  }),
);

test(
  'without any key it is unavailable, asks at most every second, and recovers',
  withPublisher(async ({ state, source, asked }) => {
    const jwks = source();
    await expect(jwks()).rejects.toMatchObject(unavailable);
    await expect(jwks('a')).rejects.toMatchObject(unavailable);
    expect(asked()).toBe(1);
    state.now += 999;
    await expect(jwks()).rejects.toMatchObject(unavailable);
    expect(asked()).toBe(1);
    state.kids = ['a'];
    state.now += 1;
    expect(await kidsOf(jwks('a'))).toEqual(['a']);
    state.now += 1_000;
    await jwks('b');
    expect(asked()).toBe(2);
  }, null),
);

test.each([
  '',
  'null',
  '{}',
  '{"keys":{}}',
  '{"keys":[]}',
  '{"keys":[{"kty":"oct","k":"c2VncmVkbw","kid":"a"}]}',
  '<h1>nginx</h1>',
  `{"keys":[],"x":"${'x'.repeat(70_000)}"}`,
])('an answer that is no key set (%#) changes nothing', (raw) =>
  withPublisher(async ({ state, source }) => {
    const jwks = source();
    await jwks();
    state.raw = raw;
    state.now += 61_000;
    await jwks();
    await settled();
    expect(await kidsOf(jwks())).toEqual(['a']);
  })(),
);

test(
  'a private half is never kept or published',
  withPublisher(async ({ state, source }) => {
    const dataDir = newFolder();
    state.raw = JSON.stringify({ keys: [{ ...publicKey('a'), d: 'segredo' }] });
    expect(JSON.stringify(await source(dataDir)())).not.toContain('segredo');
    expect(await readFile(join(dataDir, 'chaves-publicas.json'), 'utf8')).not.toContain('segredo');
  }),
);

test(
  'a kept file that is damaged is no reason to fail, nor a folder that cannot be written',
  withPublisher(async ({ source, logged }) => {
    const dataDir = newFolder();
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'chaves-publicas.json'), '{"keys":');
    expect(await kidsOf(source(dataDir)())).toEqual(['a']);
    expect(logged.join()).toContain('cannot be read');

    const file = newFolder();
    await writeFile(file, '');
    await chmod(file, 0o400);
    expect(await kidsOf(source(join(file, 'dados'))())).toEqual(['a']);
    expect(logged.join()).toContain('cannot be kept');
  }),
);
