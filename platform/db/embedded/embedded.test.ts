import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ConfigError } from '../../config';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '.';
import { canRun, copyBinaries, packagedFolder } from './binaries';
import { spawnServer } from './server-process';

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;

let folder: string;
const started: EmbeddedPostgres[] = [];

const start = async (dataDir: string, onStep?: (step: string) => void) => {
  const database = await startEmbeddedPostgres({ dataDir, onStep });
  started.push(database);
  return database;
};

const query = async (url: string, sql: string) => {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const ownerOf = (path: string) => {
  const { uid, gid } = statSync(path);
  return isRoot ? { uid, gid } : {};
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'teia embutido '));
  // mkdtemp's 0700 is what the server's user cannot enter when root runs the tests.
  chmodSync(folder, 0o755);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((database) => database.stop()));
  rmSync(folder, { recursive: true, force: true });
});

test('a new folder gets a durable PostgreSQL 18 whose order does not depend on the machine', async () => {
  const { adminUrl } = await start(folder);
  const settings = await query(
    adminUrl,
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('fsync') AS fsync,
            current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding,
            current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
            current_setting('TimeZone') AS zone, current_setting('password_encryption') AS passwords,
            datlocprovider AS provider, datlocale AS locale
     FROM pg_database WHERE datname = current_database()`,
  );
  expect(settings).toEqual([
    {
      version: 18,
      fsync: 'on',
      checksums: 'on',
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      sockets: '',
      zone: 'UTC',
      passwords: 'scram-sha-256',
      provider: 'b',
      locale: 'C.UTF-8',
    },
  ]);
});

test('the password is random, needed, and readable by its owner alone', async () => {
  const { adminUrl } = await start(folder);
  const path = join(folder, 'postgres', 'admin-password');
  const password = readFileSync(path, 'utf8');
  expect(password).toMatch(/^[\w-]{43}$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await expect(query(adminUrl.replace(password, 'outra'), 'SELECT 1')).rejects.toThrow(/password/);
  await expect(query(adminUrl.replace(`:${password}`, ''), 'SELECT 1')).rejects.toThrow(/password/i);
});

test('data survives a restart, and stopping twice does no harm', async () => {
  const first = await start(folder);
  await query(first.adminUrl, 'CREATE TABLE guardado AS SELECT 42 AS valor');
  await first.stop();
  await first.stop();
  const steps: string[] = [];
  const second = await start(folder, (step) => steps.push(step));
  expect(await query(second.adminUrl, 'SELECT valor FROM guardado')).toEqual([{ valor: 42 }]);
  expect(steps).toEqual([expect.stringMatching(/^Iniciando/)]);
});

test('the pid file of a crash whose number now belongs to another process is no obstacle', async () => {
  const first = await start(folder);
  await first.stop();
  const data = join(folder, 'postgres', 'data');
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...ownerOf(data) });
  await once(stranger, 'spawn');
  writeFileSync(join(data, 'postmaster.pid'), `${stranger.pid}\n${data}\n1700000000\n5999\n\n127.0.0.1\n`);
  const second = await start(folder);
  expect(await query(second.adminUrl, 'SELECT 1 AS um')).toEqual([{ um: 1 }]);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
  await once(stranger, 'exit');
});

test('a server that a killed process left running is ended, and its committed data kept', async () => {
  const first = await start(folder);
  await query(first.adminUrl, 'CREATE TABLE guardado AS SELECT 42 AS valor');
  await first.stop();
  const cluster = join(folder, 'postgres');
  const orphan = await spawnServer(packagedFolder(), cluster, ownerOf(cluster));
  const steps: string[] = [];
  const second = await start(folder, (step) => steps.push(step));
  expect(steps).toContainEqual(expect.stringMatching(/^Encerrando o banco de dados deixado/));
  expect(await orphan.stop()).toBe(0);
  expect(await query(second.adminUrl, 'SELECT valor FROM guardado')).toEqual([{ valor: 42 }]);
});

test('a second start on a folder in use stops with one line and leaves the first alone', async () => {
  const first = await start(folder);
  await expect(start(folder)).rejects.toThrow(
    new ConfigError(`TEIA_DATA_DIR: a pasta ${folder} já está em uso por outro Teia.`),
  );
  expect(await query(first.adminUrl, 'SELECT 1 AS um')).toEqual([{ um: 1 }]);
});

test('of three starts at once on a new folder exactly one wins', async () => {
  const results = await Promise.allSettled([start(folder), start(folder), start(folder)]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.map(({ reason }) => reason)).toEqual([expect.any(ConfigError), expect.any(ConfigError)]);
  expect(await query(started[0]?.adminUrl ?? '', 'SELECT 1 AS um')).toEqual([{ um: 1 }]);
  expect(readdirSync(folder)).toEqual(['postgres']);
});

test('the folder stays owned when the server restarts its sessions', async () => {
  const { adminUrl } = await start(folder);
  await query(
    adminUrl,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'teia-owner'",
  );
  await sleep(2_500);
  await expect(start(folder)).rejects.toThrow(/já está em uso/);
  expect(await query(adminUrl, 'SELECT 1 AS um')).toEqual([{ um: 1 }]);
});

test('a folder that the server cannot reach is replaced by the same other one each time', async () => {
  chmodSync(folder, 0o700);
  const first = await start(folder);
  await query(first.adminUrl, 'CREATE TABLE guardado AS SELECT 42 AS valor');
  await first.stop();
  const steps: string[] = [];
  const second = await start(folder, (step) => steps.push(step));
  expect(await query(second.adminUrl, 'SELECT valor FROM guardado')).toEqual([{ valor: 42 }]);
  expect(steps.join()).toContain(second.dataDir);
  // Whoever owns the folder reaches it; only root needs another user for the server.
  expect(second.dataDir !== folder).toBe(isRoot);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await second.stop();
  rmSync(second.dataDir, { recursive: true });
});

test.each(['arquivo', 'arquivo/dentro'])(
  'a data folder that is none (%s) is named in one line',
  async (name) => {
    writeFileSync(join(folder, 'arquivo'), '');
    const dataDir = join(folder, name);
    await expect(start(dataDir)).rejects.toThrow(
      new ConfigError(`TEIA_DATA_DIR: a pasta ${dataDir} não pode ser usada: não é uma pasta.`),
    );
  },
);

test('the programs run from a copy, which appears once even when made twice at once', async () => {
  const destination = join(folder, 'programas');
  await Promise.all([1, 2].map(() => copyBinaries(packagedFolder(), destination)));
  expect(await canRun(join(destination, 'native'), isRoot ? { uid: 65534, gid: 65534 } : {})).toBe(true);
  expect(readdirSync(folder)).toEqual(['programas']);
});
