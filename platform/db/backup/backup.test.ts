import { randomUUID } from 'node:crypto';
import { copyFile, cp, mkdir, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { queueName } from '../../events/queue-name';
import { fromRoot } from '../../project-root';
import { temporaryFolder } from '../../testing/temporary-folder';
import { createTestDatabase } from '../../testing/test-database';
import { testServer } from '../../testing/test-server';
import { until } from '../../testing/until';
import { queryOnce, withClient } from '../../testing/with-client';
import { describeSchema } from '../describe-schema';
import { migrateUp } from '../migrate';
import { databaseUrl } from '../provision';
import { backup } from './backup';
import type { Manifest } from './manifest';
import { readArchive } from './read-archive';
import { restore } from './restore';
import { writeArchive } from './write-archive';

const subgraphs = ['clientes', 'usuarios', 'vendas'];
const queues = subgraphs.map(queueName);
const { adminUrl } = testServer();
const group = randomUUID().replaceAll('-', '');

/** An installation on the test server: databases whose names begin alike. */
const installation = (prefix: string) => ({
  appUrl: databaseUrl(testServer().appUrl, prefix),
  urlOf: (subgraph: string) => databaseUrl(adminUrl, `${prefix}_${subgraph}`),
});
const source = installation(`t_${group}`);
const places: string[] = [];
/** A place where nothing is yet. */
const newPlace = () => {
  const prefix = `r_${randomUUID().replaceAll('-', '')}`;
  places.push(prefix);
  return { prefix, ...installation(prefix) };
};

const databasesOf = async (prefix: string): Promise<string[]> =>
  (
    await queryOnce<{ name: string }>(
      adminUrl,
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1',
      [`${prefix}_`],
    )
  ).map(({ name }) => name);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const sources: Awaited<ReturnType<typeof createTestDatabase>>[] = [];
beforeAll(async () => {
  folder = await temporaryFolder();
  for (const subgraph of subgraphs) sources.push(await createTestDatabase(subgraph, group));
});
afterAll(async () => {
  for (const { drop } of sources) await drop();
  for (const name of (await Promise.all(places.map(databasesOf))).flat()) {
    await queryOnce(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
  await folder.remove();
});

const organizacaoId = randomUUID();
const nothing = () => undefined;
const make = (name: string, more: Partial<Parameters<typeof backup>[0]> = {}) =>
  backup({ adminUrl, ...source, subgraphs, path: join(folder.path, name), onStep: nothing, ...more });
const putBack = (
  name: string,
  place: { appUrl: string },
  more: Partial<Parameters<typeof restore>[0]> = {},
) => restore({ adminUrl, ...place, path: join(folder.path, name), queues, onStep: nothing, ...more });

const cause = `
  WITH c AS (
    INSERT INTO cliente (id, organizacao_id, tipo, nome, nome_ordem, emails, telefones, ativo, versao, criado_em,
      atualizado_em)
    VALUES ($1, $2, 'FISICA', $3, lower($3), '{}', '{"+5511999990000"}', true, 1, now(), now())
  ), a AS (
    INSERT INTO teia.agregado VALUES ($2, 'Cliente', $1, 1)
  )
  INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados, correlation_id, criado_em)
  VALUES ($1, $2, 'ClienteCriado', 'Cliente', $1, 1, jsonb_build_object('nome', $3::text), 'x', now())`;
const effect = `
  WITH c AS (INSERT INTO cliente VALUES ($1, $2, true, 1))
  INSERT INTO teia.agregado_consumido VALUES ($2, 'Cliente', $1, 1, $1)`;
const record = `
  INSERT INTO auditoria (id, organizacao_id, dominio, acao, entidade, entidade_id, campos, request_id, em)
  VALUES ($1, $2, 'clientes', 'cliente.criar', 'Cliente', $1, '{nome}', 'x', now())`;

// What separates, ends and escapes values in what PostgreSQL writes, and what is not ASCII.
const ugly = ['\\N', '\\.', '\ta\nb\r\\', '"\'', '', 'ção 🙂', 'NULL', '{,}', '\u2028'];

/** Creates Clientes, tells sales of each once it is committed, and then the audit trail, for as long as it is asked to. */
const startWriting = () => {
  let isOn = true;
  const write = async () => {
    const [clientes, vendas, usuarios] = ['clientes', 'vendas', 'usuarios'].map(
      (name) => new Client(source.urlOf(name)),
    );
    const clients = [clientes!, vendas!, usuarios!];
    for (const client of clients) await client.connect();
    await usuarios!.query("SELECT set_config('teia.organizacao', $1, false)", [organizacaoId]);
    let written = 0;
    for (; isOn; written++) {
      const id = randomUUID();
      await clientes!.query(cause, [id, organizacaoId, ugly[written % ugly.length]]);
      await vendas!.query(effect, [id, organizacaoId]);
      await usuarios!.query(record, [id, organizacaoId]);
    }
    for (const client of clients) await client.end();
    return written;
  };
  const writers = [write(), write(), write()];
  return async () => {
    isOn = false;
    return (await Promise.all(writers)).reduce((sum, written) => sum + written, 0);
  };
};

type Ids = { readonly id: string }[];
const idsIn = async (place: { urlOf: (subgraph: string) => string }, subgraph: string, sql: string) =>
  new Set((await queryOnce<Ids[number]>(place.urlOf(subgraph), sql)).map(({ id }) => id));

const contentOf = (url: string, table: string) =>
  queryOnce(url, `SELECT t::text AS row FROM (SELECT * FROM ${table}) t ORDER BY 1`);

const schemaOf = (url: string) => withClient(url, describeSchema);

test('a backup under writes is of one instant, and comes back as it was', async () => {
  const stopWriting = startWriting();
  await sleep(300);
  const { manifest, size } = await make('escritas.tar');
  await sleep(100);
  const written = await stopWriting();
  expect(size).toBe((await stat(join(folder.path, 'escritas.tar'))).size);

  const place = newPlace();
  expect(await putBack('escritas.tar', place)).toEqual(manifest);

  const causes = await idsIn(place, 'clientes', 'SELECT id FROM teia.outbox');
  expect(causes.size).toBeGreaterThan(0);
  expect(causes.size).toBeLessThan(written);
  expect(await idsIn(place, 'clientes', 'SELECT id FROM cliente')).toEqual(causes);
  expect(await idsIn(place, 'clientes', 'SELECT id FROM teia.agregado')).toEqual(causes);
  const effects = await idsIn(place, 'vendas', 'SELECT id FROM cliente');
  expect(await idsIn(place, 'vendas', 'SELECT id FROM teia.agregado_consumido')).toEqual(effects);
  const records = await idsIn(place, 'usuarios', 'SELECT id FROM auditoria');
  // No effect without its cause, and of each writer at most the last cause without its effect.
  expect([...effects].filter((id) => !causes.has(id))).toEqual([]);
  expect([...records].filter((id) => !effects.has(id))).toEqual([]);
  expect(causes.size - records.size).toBeLessThanOrEqual(3);

  // The trail is numbered as it was, not anew.
  const [trail] = await queryOnce<{ fits: boolean }>(
    place.urlOf('usuarios'),
    `SELECT count(*) = max(numero) AND max(numero) = (SELECT ultimo_numero FROM trilha) AS fits FROM auditoria`,
  );
  expect(trail).toEqual({ fits: true });
  for (const subgraph of subgraphs) {
    expect(await schemaOf(place.urlOf(subgraph))).toEqual(await schemaOf(source.urlOf(subgraph)));
  }
});

test('what was at rest is equal, row by row; events are published once more, and their queues are ready', async () => {
  await queryOnce(
    source.urlOf('clientes'),
    `INSERT INTO teia.entrega VALUES ('vendas', 'Cliente', pg_current_xact_id(), $1)`,
    [randomUUID()],
  );
  const { manifest } = await make('parado.tar');
  const place = newPlace();
  await putBack('parado.tar', place);
  for (const { name, tables } of manifest.databases) {
    for (const table of tables.filter((table) => table.name !== 'teia.outbox')) {
      expect(await contentOf(place.urlOf(name), table.name)).toEqual(
        await contentOf(source.urlOf(name), table.name),
      );
    }
  }
  // Columns are compared by position above, and so is that of which only the transaction differs.
  const [outbox] = await queryOnce<{ publishable: boolean; delivered: number }>(
    place.urlOf('clientes'),
    `SELECT bool_and(transacao < pg_snapshot_xmin(pg_current_snapshot())) AS publishable,
       (SELECT count(*)::int FROM teia.entrega) AS delivered FROM teia.outbox`,
  );
  expect(outbox).toEqual({ publishable: true, delivered: 0 });
  expect(await databasesOf(place.prefix)).toContain(`${place.prefix}_filas`);
});

test('nothing is written over: a second restore, databases in use, events of others, newer tables', async () => {
  const place = newPlace();
  await make('vazia.tar', { subgraphs: ['vendas'] });
  await putBack('vazia.tar', place, { queues: null });
  await expect(putBack('vazia.tar', place, { queues: null })).rejects.toThrow(
    `A base ${place.prefix}_vendas não está vazia (há dados em `,
  );

  const busy = newPlace();
  await queryOnce(adminUrl, `CREATE DATABASE ${busy.prefix}_filas`);
  await queryOnce(busy.urlOf('filas'), 'CREATE TABLE job AS SELECT 1 AS id');
  await expect(putBack('vazia.tar', busy)).rejects.toThrow(
    `A base ${busy.prefix}_filas não está vazia (há dados em job)`,
  );
  expect(await databasesOf(busy.prefix)).toEqual([`${busy.prefix}_filas`]);

  const other = newPlace();
  await queryOnce(
    adminUrl,
    `CREATE DATABASE ${other.prefix}_clientes TEMPLATE modelo_clientes OWNER teia_dono`,
  );
  await putBack('vazia.tar', other, { queues: null });
  const halfFull = newPlace();
  await queryOnce(adminUrl, `CREATE DATABASE ${halfFull.prefix}_clientes`);
  await queryOnce(halfFull.urlOf('clientes'), 'CREATE TABLE cliente AS SELECT 1 AS id');
  await expect(putBack('vazia.tar', halfFull, { queues: null })).rejects.toThrow(
    `A base ${halfFull.prefix}_clientes não está vazia (há dados em cliente)`,
  );
  expect(await databasesOf(halfFull.prefix)).toEqual([`${halfFull.prefix}_clientes`]);

  const newer = newPlace();
  await queryOnce(adminUrl, `CREATE DATABASE ${newer.prefix}_vendas TEMPLATE modelo_vendas OWNER teia_dono`);
  await queryOnce(
    newer.urlOf('vendas'),
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_x', now())`,
  );
  await expect(putBack('vazia.tar', newer, { queues: null })).rejects.toThrow(
    'já tem a migração 29990101000000_x, que a cópia não tem',
  );
});

test('databases that are migrated and have no rows are filled', async () => {
  const place = newPlace();
  await queryOnce(adminUrl, `CREATE DATABASE ${place.prefix}_vendas TEMPLATE modelo_vendas OWNER teia_dono`);
  const { manifest } = await make('migrada.tar', { subgraphs: ['vendas'] });
  await putBack('migrada.tar', place, { queues: null });
  const [filled] = await queryOnce<{ rows: string }>(
    place.urlOf('vendas'),
    'SELECT count(*)::text AS rows FROM cliente',
  );
  const table = manifest.databases[0]!.tables.find(({ name }) => name === 'public.cliente');
  expect(filled!.rows).toBe(table!.rows);
});

/** The same backup with another manifest, and whole. */
const rewrite = async (from: string, to: string, change: (manifest: Manifest) => void): Promise<void> => {
  const read = await readArchive(join(folder.path, from));
  const manifest: Manifest = JSON.parse(await text(read('manifest.json')));
  const archive = await writeArchive(join(folder.path, to));
  for (const { file } of manifest.databases.flatMap(({ tables }) => tables))
    await archive.add(file, read(file));
  change(manifest);
  await archive.add('manifest.json', Readable.from([JSON.stringify(manifest)]));
  await archive.seal();
};

test('what cannot be restored is refused before anything is made', async () => {
  const place = newPlace();
  await make('boa.tar', { subgraphs: ['vendas'] });
  await copyFile(join(folder.path, 'boa.tar'), join(folder.path, 'cortada.tar'));
  await truncate(join(folder.path, 'cortada.tar'), 4_096);
  await expect(putBack('cortada.tar', place)).rejects.toThrow('não é uma cópia de segurança inteira');

  await rewrite('boa.tar', 'nova.tar', ({ databases }) => {
    databases[0]!.migrations.push({ name: '29990101000000_x', checksum: 'x' });
  });
  await expect(putBack('nova.tar', place)).rejects.toThrow('tem a migração 29990101000000_x de vendas');
  await rewrite('boa.tar', 'outra.tar', ({ databases }) => {
    databases[0]!.name = 'fretes';
  });
  await expect(putBack('outra.tar', place)).rejects.toThrow('de fretes, que esta versão do Teia não tem');
  await rewrite('boa.tar', 'formato.tar', (manifest) => Object.assign(manifest, { format: 2 }));
  await expect(putBack('formato.tar', place)).rejects.toThrow(
    'um formato que esta versão do Teia não conhece',
  );
  expect(await databasesOf(place.prefix)).toEqual([]);
});

test('a restore that fails in its last table leaves all databases empty, and can be repeated', async () => {
  const place = newPlace();
  await make('inteira.tar');
  await rewrite('inteira.tar', 'errada.tar', ({ databases }) => {
    databases.at(-1)!.tables.at(-1)!.checksum = '1';
  });
  await expect(putBack('errada.tar', place)).rejects.toThrow(
    'de vendas não ficou igual à cópia; nada foi gravado',
  );
  for (const subgraph of subgraphs) {
    expect(await queryOnce(place.urlOf(subgraph), 'SELECT * FROM teia.agregado')).toEqual([]);
    expect(await schemaOf(place.urlOf(subgraph))).toEqual(await schemaOf(source.urlOf(subgraph)));
  }
  await putBack('inteira.tar', place);
});

test('rows that a migration writes are no obstacle, and are as they became', async () => {
  const migrationsRoot = join(folder.path, 'prisma');
  const migration = join(migrationsRoot, 'vendas', 'migrations', '29990101000000_moedas');
  await cp(fromRoot('prisma'), migrationsRoot, { recursive: true });
  await mkdir(migration);
  const sql = "CREATE TABLE moeda (codigo text); INSERT INTO moeda VALUES ('BRL'), ('USD')";
  await writeFile(join(migration, 'migration.sql'), sql);
  await writeFile(join(migration, 'down.sql'), 'DROP TABLE moeda');
  const group = randomUUID();
  const old = await createTestDatabase('vendas', group);
  await migrateUp({ adminUrl: old.adminUrl, subgraph: 'vendas', migrationsRoot });
  await queryOnce(old.adminUrl, "DELETE FROM moeda WHERE codigo = 'USD'");
  const { appUrl } = installation(`t_${group.replaceAll('-', '')}`);
  await make('moedas.tar', { appUrl, subgraphs: ['vendas'] });
  await old.drop();

  const place = newPlace();
  await putBack('moedas.tar', place, { queues: null, migrationsRoot });
  expect(await queryOnce(place.urlOf('vendas'), 'SELECT * FROM moeda')).toEqual([{ codigo: 'BRL' }]);
  await expect(putBack('moedas.tar', place, { queues: null, migrationsRoot })).rejects.toThrow(
    'não está vazia',
  );
});

test('a backup that is interrupted does not wait for what the server is doing', async () => {
  const before = await readdir(folder.path);
  const interrupted = new AbortController();
  await withClient(source.urlOf('vendas'), async (client) => {
    await client.query('SELECT pg_advisory_lock($1, $2)', [0x74656961, 3]);
    const waiting = async () => {
      const { rows } = await client.query(
        `SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows.length > 0;
    };
    const making = make('esperada.tar', { signal: interrupted.signal });
    await Promise.all([
      expect(making).rejects.toMatchObject({ name: 'AbortError' }),
      until(waiting).then(() => interrupted.abort()),
    ]);
  });
  expect(await readdir(folder.path)).toEqual(before);
});

test('a backup that fails leaves nothing, and none is written over', async () => {
  const before = await readdir(folder.path);
  await expect(make('boa.tar')).rejects.toThrow(/boa\.tar já existe; escolha outro nome\.$/);
  await expect(make('sem-base.tar', { subgraphs: ['vendas', 'organizacoes'] })).rejects.toThrow(
    'DATABASE_ADMIN_URL: a base não existe',
  );
  await expect(make('interrompida.tar', { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  await expect(make('recusada.tar', { adminUrl: source.appUrl })).rejects.toThrow(
    'DATABASE_ADMIN_URL: o usuário não lê os dados de todas as organizações',
  );
  expect(await readdir(folder.path)).toEqual(before);
});

test('numbers go on after the last one given', async () => {
  const place = newPlace();
  await queryOnce(adminUrl, `CREATE DATABASE ${place.prefix}_vendas TEMPLATE modelo_vendas OWNER teia_dono`);
  for (const url of [source.urlOf('vendas'), place.urlOf('vendas')]) {
    await queryOnce(url, 'CREATE SEQUENCE teia."Um número"');
    await queryOnce(url, 'ALTER SEQUENCE teia."Um número" OWNER TO teia_dono');
  }
  await queryOnce(source.urlOf('vendas'), `SELECT setval('teia."Um número"', 9007199254740993)`);
  await make('numeros.tar', { subgraphs: ['vendas'] });
  await putBack('numeros.tar', place, { queues: null });
  expect(await queryOnce(place.urlOf('vendas'), `SELECT nextval('teia."Um número"') AS next`)).toEqual([
    { next: '9007199254740994' },
  ]);
  await queryOnce(source.urlOf('vendas'), 'DROP SEQUENCE teia."Um número"');
});

test('an administrator who is no superuser will do', async () => {
  const login = `r_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(adminUrl);
  url.username = login;
  url.password = 'segredo';
  await queryOnce(adminUrl, `CREATE ROLE ${login} LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD 'segredo'`);
  await queryOnce(adminUrl, `GRANT pg_read_all_data TO ${login}`);
  const roles = [
    'teia_dono',
    'teia_aplicacao',
    'teia_identidade',
    'teia_eventos',
    'teia_limpeza',
    'teia_auditoria',
  ];
  await queryOnce(adminUrl, `GRANT ${roles} TO ${login} WITH ADMIN TRUE, INHERIT FALSE, SET TRUE`);
  for (const subgraph of subgraphs) {
    await queryOnce(adminUrl, `GRANT CONNECT ON DATABASE t_${group}_${subgraph} TO ${login}`);
  }
  const place = newPlace();
  await make('sem-privilegios.tar', { adminUrl: url.href });
  await putBack('sem-privilegios.tar', place, { adminUrl: url.href });
  for (const name of [...(await databasesOf(place.prefix)), ...(await databasesOf(`t_${group}`))]) {
    await queryOnce(databaseUrl(adminUrl, name), `DROP OWNED BY ${login}`);
  }
  await queryOnce(adminUrl, `DROP ROLE ${login}`);
});
