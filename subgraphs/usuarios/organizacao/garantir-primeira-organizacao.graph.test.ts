import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { realEnvironment } from '../../../platform/environment';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { inProcessSignals } from '../../../platform/signals/testing/in-process-signals';
import { ensureSigningKeys } from '../../../platform/signing-keys';
import { askingAs } from '../../../platform/testing/callers';
import { createTestDatabase } from '../../../platform/testing/test-database';
import usuarios from '..';

let folder: string;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teia-usuarios-'));
  await ensureSigningKeys(join(folder, 'chaves.json'));
  database = await createTestDatabase('usuarios');
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const start = (announce: (line: string) => void, senha?: string) =>
  usuarios.start({
    environment: realEnvironment,
    links: () => () => Promise.reject(new Error('nobody else runs')),
    databaseUrl: database.url,
    signingKeysFile: join(folder, 'chaves.json'),
    firstAdministrator: { email: 'raiz@exemplo.com', senha, organizacao: 'Minha Empresa' },
    announce,
    sendMail: async () => {},
    appUrl: 'https://app.exemplo.com',
    limits: memoryLimits(),
    signals: inProcessSignals(),
  });

const entrar = `mutation ($senha: String!) {
  entrar(dados: { email: "raiz@exemplo.com", senha: $senha }) { usuario { membro { organizacao { nome } } } }
}`;

it('of several starts at once one makes the first organization, and announces how to enter it', async () => {
  const announced: string[] = [];
  const running = await Promise.all(Array.from({ length: 4 }, () => start((line) => announced.push(line))));
  const senha = /, senha (\S+) /.exec(announced.join())?.[1];
  const answer = await running[0]?.execute({ query: entrar, variables: { senha } }, askingAs(null));
  expect(answer?.data).toMatchObject({
    entrar: { usuario: { membro: { organizacao: { nome: 'Minha Empresa' } } } },
  });
  await Promise.all(running.map(({ stop }) => stop()));

  const again = await start((line) => announced.push(line), 'outra senha comprida');
  await again.stop();
  expect(announced).toHaveLength(1);

  const admin = new Client(database.adminUrl);
  await admin.connect();
  const { rows } = await admin.query(
    'SELECT (SELECT count(*) FROM organizacao) AS organizacoes, (SELECT count(*) FROM usuario) AS usuarios',
  );
  await admin.end();
  expect(rows).toEqual([{ organizacoes: '1', usuarios: '1' }]);
});

it('publishes the public keys and nothing private', async () => {
  const { wellKnown, stop } = await start(() => {}, 'uma senha comprida');
  const jwks = await wellKnown['jwks.json']?.();
  expect(jwks).toEqual({
    keys: [
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.any(String),
        kid: expect.any(String),
        alg: 'EdDSA',
        use: 'sig',
      },
    ],
  });
  expect(await wellKnown['jwks.json']?.()).toBe(jwks);
  await stop();
});
