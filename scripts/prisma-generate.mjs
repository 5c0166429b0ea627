// Makes the typed Prisma client of each prisma/<name>/schema.prisma in prisma/<name>/client, where the
// schema changed since the last time. Plain JavaScript, because the compiler needs its results.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const prismaManifest = createRequire(import.meta.url).resolve('prisma/package.json');
const { version } = JSON.parse(await readFile(prismaManifest, 'utf8'));

const environment = {
  ...process.env,
  // Generating needs no schema engine, but Prisma downloads one first unless told of any existing file.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
};

const generate = async (name) => {
  const schema = join(root, 'prisma', name, 'schema.prisma');
  const stamp = join(root, 'prisma', name, 'client', '.stamp');
  const fingerprint = createHash('sha256')
    .update(version)
    .update(await readFile(schema))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === fingerprint) return;
  const command = join(dirname(prismaManifest), 'build', 'index.js');
  await promisify(execFile)(process.execPath, [command, 'generate', '--no-hints', '--schema', schema], {
    cwd: root,
    env: environment,
  }).catch(({ stderr }) => {
    process.stderr.write(stderr);
    process.exit(1);
  });
  await writeFile(stamp, fingerprint);
  console.log(`prisma/${name}/client`);
};

const folders = await readdir(join(root, 'prisma'));
const waiting = folders.filter((name) => existsSync(join(root, 'prisma', name, 'schema.prisma')));
const worker = async () => {
  for (let name = waiting.shift(); name; name = waiting.shift()) await generate(name);
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
