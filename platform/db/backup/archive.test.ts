import { execFile } from 'node:child_process';
import { copyFile, open, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { temporaryFolder } from '../../testing/temporary-folder';
import { backupFileName, keepNewest } from './backup-files';
import { readArchive } from './read-archive';
import { BLOCK, readTarHeader, tarHeader } from './tar';
import { writeArchive } from './write-archive';

const run = promisify(execFile);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let whole: string;
const contents: Readonly<Record<string, string>> = {
  'clientes/public.cliente.copy.gz': 'Ana\t1\nJoão\t\\N\n'.repeat(500),
  'clientes/public.vazia.copy.gz': '',
  'manifest.json': '{}',
};
beforeAll(async () => {
  folder = await temporaryFolder();
  whole = join(folder.path, 'whole.tar');
  const archive = await writeArchive(whole);
  for (const [name, content] of Object.entries(contents)) await archive.add(name, Readable.from([content]));
  await archive.seal();
});
afterAll(() => folder.remove());

test('what was written is read, by us and by tar, and by its owner alone', async () => {
  const read = await readArchive(whole);
  for (const [name, content] of Object.entries(contents)) expect(await text(read(name))).toBe(content);
  expect((await stat(whole)).mode & 0o777).toBe(0o600);

  const { stdout } = await run('tar', ['-tf', whole]);
  expect(stdout.trim().split('\n')).toEqual([...Object.keys(contents), 'SHA256']);
  await run('tar', ['-xf', whole, '-C', folder.path]);
  for (const [name, content] of Object.entries(contents)) {
    expect(gunzipSync(await readFile(join(folder.path, name))).toString()).toBe(content);
  }
});

test('no byte can be changed anywhere', async () => {
  const { size } = await stat(whole);
  const damagedPath = join(folder.path, 'damaged.tar');
  await copyFile(whole, damagedPath);
  const file = await open(damagedPath, 'r+');
  const positions = fc.oneof(
    fc.nat(size - 1),
    // The seal and the end of the file as often as all the rest.
    fc.integer({ min: size - 4 * BLOCK, max: size - 1 }),
  );
  try {
    await fc.assert(
      fc.asyncProperty(positions, fc.integer({ min: 1, max: 255 }), async (position, bits) => {
        const byte = Buffer.alloc(1);
        await file.read(byte, 0, 1, position);
        await file.write(Buffer.of(byte[0]! ^ bits), 0, 1, position);
        await expect(readArchive(damagedPath)).rejects.toThrow('não é uma cópia de segurança inteira');
        await file.write(byte, 0, 1, position);
      }),
      { numRuns: 300 },
    );
  } finally {
    await file.close();
  }
  expect(await text((await readArchive(damagedPath))('manifest.json'))).toBe('{}');
});

test('nothing can be cut off or added', async () => {
  const { size } = await stat(whole);
  const damagedPath = join(folder.path, 'cut.tar');
  for (const length of [0, 1, BLOCK, size - 4 * BLOCK, size - BLOCK, size - 1, size + 1, size + BLOCK]) {
    await copyFile(whole, damagedPath);
    await truncate(damagedPath, length);
    await expect(readArchive(damagedPath)).rejects.toThrow('não é uma cópia de segurança inteira');
  }
  await expect(readArchive(join(folder.path, 'none.tar'))).rejects.toThrow(/^Não há .*none\.tar\.$/);
});

test('a header says how large a file is, beyond what octal digits can', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(8 ** 11 - 1, 8 ** 11)), (size) => {
      expect(readTarHeader(tarHeader('a/b', size))).toEqual({ name: 'a/b', size });
    }),
  );
  expect(() => tarHeader('a'.repeat(101), 0)).toThrow('too long');
});

test('a backup that is given up, or whose rows do not come, says so', async () => {
  const path = join(folder.path, 'given-up.tar');
  const archive = await writeArchive(path, AbortSignal.abort());
  await expect(archive.add('a', Readable.from(['a']))).rejects.toThrow('abort');
  const another = await writeArchive(join(folder.path, 'failed.tar'));
  const failing = new Readable({ read: () => failing.destroy(new Error('gone')) });
  await expect(another.add('a', failing)).rejects.toThrow('gone');
  await expect(writeArchive(path)).rejects.toMatchObject({ code: 'EEXIST' });
});

test('the newest backups are kept, what was never finished for a day, and all that is none', async () => {
  const now = new Date();
  const { path, remove } = await temporaryFolder();
  const days = [1, 2, 3, 4].map((day) => backupFileName(new Date(Date.UTC(2026, 10, day, 3, 4, 5))));
  const others = ['teia-antes-da-mudanca.tar', `${days[0]}.parcial`, 'notas.txt', 'meu.tar.parcial'];
  const forgotten = `${days[1]}.parcial`;
  for (const name of [...days, ...others, forgotten]) await writeFile(join(path, name), '');
  const written = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000);
  await utimes(join(path, `${days[0]}.parcial`), written(23), written(23));
  for (const name of [...days, 'meu.tar.parcial', forgotten])
    await utimes(join(path, name), written(25), written(25));
  expect(days[0]).toBe('teia-2026-11-01T03-04-05Z.tar');
  expect(await keepNewest(path, 5, now)).toEqual([forgotten]);
  expect(await keepNewest(path, 2, now)).toEqual(days.slice(0, 2));
  for (const name of [...days.slice(2), ...others]) await stat(join(path, name));
  await remove();
});
