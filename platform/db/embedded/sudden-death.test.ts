import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '.';

jest.setTimeout(60_000);

// A process of its own that owns a database, and on SIGINT uses it once more, as a drain does, before
// stopping it.
const OWNER = `
  const { transformFileSync } = require('@swc/core');
  require.extensions['.ts'] = (module, file) =>
    module._compile(transformFileSync(file, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code, file);
  const { Client } = require('pg');
  const [embedded, dataDir] = process.argv.slice(1);
  require(embedded).startEmbeddedPostgres({ dataDir }).then((database) => {
    process.on('SIGINT', async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const client = new Client(database.adminUrl);
      await client.connect();
      await client.query("INSERT INTO guardado VALUES ('drenado')");
      await client.end();
      await database.stop();
      process.exit(0);
    });
    process.stdout.write(database.adminUrl);
  });`;

let folder: string;

const query = async (url: string, sql: string) => {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const pidFile = () => join(folder, 'postgres', 'data', 'postmaster.pid');

const startOwner = async (): Promise<ChildProcess> => {
  const owner = spawn(process.execPath, ['-e', OWNER, require.resolve('.'), folder], {
    cwd: __dirname,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(owner.stdout, 'data');
  await query(String(url), "CREATE TABLE guardado AS SELECT 'antes' AS quando");
  return owner;
};

const keptBy = async () => {
  const database = await startEmbeddedPostgres({ dataDir: folder });
  try {
    return (await query(database.adminUrl, 'SELECT quando FROM guardado')).map(({ quando }) => quando);
  } finally {
    await database.stop();
  }
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'teia-fim-'));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a Ctrl-C, which reaches the whole process group, leaves the database up until the drain ends', async () => {
  const owner = await startOwner();
  process.kill(-owner.pid!, 'SIGINT');
  expect(await once(owner, 'exit')).toEqual([0, null]);
  expect(existsSync(pidFile())).toBe(false);
  expect(await keptBy()).toEqual(['antes', 'drenado']);
});

test('when its owner is killed, the database shuts down by itself', async () => {
  const owner = await startOwner();
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  for (let waited = 0; existsSync(pidFile()) && waited < 100; waited += 1) await sleep(100);
  expect(existsSync(pidFile())).toBe(false);
  expect(await keptBy()).toEqual(['antes']);
});

test('a kill -9 of everything loses nothing that was committed', async () => {
  const owner = await startOwner();
  const server = readFileSync(pidFile(), 'utf8').split('\n')[0] ?? '';
  const group = Number(execFileSync('ps', ['-o', 'pgid=', '-p', server], { encoding: 'utf8' }));
  process.kill(-group, 'SIGKILL');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(existsSync(pidFile())).toBe(true);
  expect(await keptBy()).toEqual(['antes']);
});
