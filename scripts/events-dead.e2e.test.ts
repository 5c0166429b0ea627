import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { readConfig } from '../platform/config';
import { bringUpDatabases } from '../platform/db/bring-up';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { teiaProcess } from '../router/testing/teia-process';
import { consumers } from '../subgraphs/consumers';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let databases: Awaited<ReturnType<typeof bringUpDatabases>>;
let isUp = true;
const settings = () => ({ TEIA_DATA_DIR: folder.path });

beforeAll(async () => {
  folder = await temporaryFolder();
  const destinos = Object.keys(consumers);
  const wanted = { subgraphs: destinos, destinos };
  databases = await bringUpDatabases(readConfig(settings()), wanted, () => {});
});
afterAll(async () => {
  if (isUp) await databases.stop();
  await folder.remove();
});

const connected = async <Result>(organizacaoId: string, work: (client: Client) => Promise<Result>) => {
  const client = new Client(databases.urlOf('vendas'));
  await client.connect();
  try {
    await client.query("SELECT set_config('teia.organizacao', $1, false)", [organizacaoId]);
    return await work(client);
  } finally {
    await client.end();
  }
};

const plant = async (organizacaoId: string, situacao: string): Promise<string> => {
  const id = randomUUID();
  await connected(organizacaoId, (client) =>
    client.query(
      `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, envelope,
         situacao, tentativas, erro, criado_em, atualizado_em)
       VALUES ($1, $2, 'ClienteExcluido', 'Cliente', $1, 7, '{"data": "segredo"}', $3, 10, 'TypeError',
         '2026-01-02T03:04:05Z', now())`,
      [id, organizacaoId, situacao],
    ),
  );
  return id;
};

const situacaoOf = (organizacaoId: string, id: string) =>
  connected(
    organizacaoId,
    async (client) =>
      (await client.query('SELECT situacao FROM teia.evento_pendente WHERE id = $1', [id])).rows[0]?.situacao,
  );

const run = async (environment: NodeJS.ProcessEnv, ...options: string[]) => {
  const child = teiaProcess(environment, 'scripts/events-dead.js', options);
  return { code: await child.ended, output: child.output(), errors: child.errors() };
};

test('the dead events of all organizations are listed and replayed, while Teia runs and while it does not', async () => {
  const [ana, bia] = [randomUUID(), randomUUID()];
  const [first, second] = [await plant(ana, 'MORTO'), await plant(bia, 'MORTO')];
  const waiting = await plant(ana, 'ESPERA');

  const listed = await run(settings());
  expect(listed).toMatchObject({ code: 0, errors: '' });
  expect(listed.output).toContain(`vendas  ${first}  ClienteExcluido de Cliente/${first}`);
  expect(listed.output).toContain(
    `organização ${bia}, desde 2026-01-02T03:04:05.000Z, 10 tentativa(s), TypeError; 0 evento(s) esperando`,
  );
  expect(listed.output).toContain('2 evento(s) morto(s)');
  expect(listed.output).not.toContain(waiting);
  expect(listed.output).not.toContain('segredo');

  const one = await run(settings(), '--reprocessar', first);
  expect(one).toMatchObject({ code: 0, output: expect.stringContaining('1 evento(s) a reprocessar') });
  expect(await situacaoOf(ana, first)).toBe('REPROCESSAR');
  expect(await situacaoOf(bia, second)).toBe('MORTO');
  expect(await situacaoOf(ana, waiting)).toBe('ESPERA');

  const again = await run(settings(), '--reprocessar', first);
  expect(again).toMatchObject({ code: 1, errors: `Nenhum evento morto tem o id ${first}.\n` });

  const ofYours = await run({
    ...settings(),
    DATABASE_URL: databases.urlOf('vendas').replace(/_vendas$/, ''),
  });
  expect(ofYours).toMatchObject({ code: 0, output: expect.stringContaining('1 evento(s) morto(s)') });

  await databases.stop();
  isUp = false;
  const alone = await run(settings(), '--todos');
  expect(alone).toMatchObject({ code: 0, output: expect.stringContaining('1 evento(s) a reprocessar') });
  expect(await run(settings())).toMatchObject({ code: 0, output: expect.stringContaining('0 evento(s)') });
});

test('options that say nothing clear are explained', async () => {
  for (const options of [['--reprocessar', 'x'], ['--todos', '--reprocessar', randomUUID()], ['--apagar']]) {
    const { code, errors } = await run(settings(), ...options);
    expect(code).toBe(1);
    expect(errors).toMatch(/^Uso: npm run events:dead/);
  }
});
