import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { createAssertionSigner } from '../platform/assertion/sign-assertion';
import { createAssertionVerifier } from '../platform/assertion/verify-assertion';
import { rotateKeys } from '../platform/rotate-keys';
import { ensureSigningKeys } from '../platform/signing-keys';
import { aCaller } from '../platform/testing/callers';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { until } from '../platform/testing/until';
import { watchSigningKeys } from '../platform/watch-signing-keys';
import { createRemoteJwks } from './auth/remote-jwks';
import { pessoa } from './testing/access-tokens';
import { testRouter } from './testing/test-router';

const query = '{ eu { usuarioId } }';
const everyMs = 5;
const delayMs = 120_000;

const opened: (() => Promise<void>)[] = [];
const onClose = (close: () => Promise<void>) => {
  opened.push(close);
};
let folder: string;
beforeAll(async () => {
  const temporary = await temporaryFolder();
  onClose(temporary.remove);
  folder = temporary.path;
});
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

/** A clock that moves on by hand, and a key file that is rotated by it. */
const rotating = async (name: string) => {
  const file = join(folder, name);
  await ensureSigningKeys(file);
  let now = Date.parse('2026-11-22T12:00:00Z');
  const watched = async () => {
    const keys = await watchSigningKeys(file, 'TEIA_CHAVES', everyMs);
    onClose(keys.stop);
    return keys;
  };
  return {
    agora: () => new Date(now),
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    watched,
    /** Rotates, and waits until everybody who watches has seen it: real time does not pass by that clock. */
    rotate: async (watching: readonly Awaited<ReturnType<typeof watched>>[]) => {
      const { kid } = await rotateKeys({ file, setting: 'TEIA_CHAVES' }, { now: new Date(now), delayMs });
      for (const { jwks } of watching) {
        await until(async () => (await jwks()).keys.some((key) => key.kid === kid));
      }
      return kid;
    },
  };
};

/** `usuarios` as far as keys go: tokens of 15 minutes, and what verifies them. */
const issuer = async ({ agora, watched }: Awaited<ReturnType<typeof rotating>>) => {
  const keys = await watched();
  const server = createServer(async (_, response) => response.end(JSON.stringify(await keys.jwks())));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onClose(async () => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const issue = () => {
    const { kid, privateKey } = keys.signing(agora());
    const iat = agora().getTime() / 1000;
    const token = new SignJWT({ ...pessoa, iss: 'teia', aud: 'teia', iat, exp: iat + 900 })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .sign(privateKey);
    return { kid, token, until: iat + 900 };
  };
  return { keys, origin: `http://127.0.0.1:${port}`, issue };
};

test('nobody is refused while the keys of tokens are rotated, at any router', async () => {
  const world = await rotating('tokens.json');
  const { keys, origin, issue } = await issuer(world);
  const environment = { ...world, novoId: () => 'id', aleatorio: Buffer.alloc };
  const log = pino({ level: 'silent' });
  const routers = await Promise.all(
    ['um', 'dois'].map(async (name) => {
      const jwks = createRemoteJwks({
        origins: [origin],
        dataDir: join(folder, name),
        environment,
        log,
        onClose,
      });
      const router = await testRouter({ jwks, environment, production: true });
      onClose(router.close);
      return router;
    }),
  );
  const tokens: ReturnType<typeof issue>[] = [];
  const signed = new Set<string>();
  for (let step = 0; step < 160; step += 1) {
    // Every 10 minutes: more often than a key may be dropped, so that several are kept.
    if (step % 20 === 10) await world.rotate([keys]);
    world.pass(30);
    const now = world.agora().getTime() / 1000;
    tokens.push(issue());
    signed.add(tokens.at(-1)!.kid);
    const valid = tokens.filter(({ until }) => until >= now);
    // The newest, the oldest, and one between.
    for (const { token } of [valid.at(-1)!, valid[0]!, valid[step % valid.length]!]) {
      const headers = { authorization: `Bearer ${await token}` };
      const statuses = await Promise.all(
        routers.map(async ({ ask }) => (await ask(query, {}, headers)).status),
      );
      expect([step, ...statuses]).toEqual([step, 200, 200]);
    }
  }
  expect(signed.size).toBe(9);
  expect((await keys.jwks()).keys.length).toBeLessThan(9);
});

test('no process refuses another while the keys between them are rotated', async () => {
  const world = await rotating('internas.json');
  const processes = await Promise.all(Array.from({ length: 3 }, () => world.watched()));
  const ways = processes.map((keys) => ({
    sign: createAssertionSigner(keys, world),
    verify: createAssertionVerifier({ jwks: keys.jwks, audiences: ['vendas'], agora: world.agora }),
  }));
  const caller = aCaller();
  const kids = new Set<string>();
  for (let step = 0; step < 200; step += 1) {
    if (step % 40 === 20) await world.rotate(processes);
    world.pass(10);
    for (const { sign } of ways) {
      const assertion = await sign(caller, 'vendas');
      kids.add(JSON.parse(Buffer.from(assertion.split('.')[0]!, 'base64url').toString()).kid);
      for (const { verify } of ways) {
        await expect(verify(assertion)).resolves.toMatchObject({ caller });
      }
    }
  }
  expect(kids.size).toBe(6);
});
