import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { hashFile } from './hash-file';
import { BLOCK, inBlocks, readTarHeader, SEAL_LENGTH, sealOf } from './tar';

const damaged = (path: string): Error =>
  new Error(`${path} não é uma cópia de segurança inteira: foi alterada, cortada ou é outra coisa.`);

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> =>
  (await file.read(Buffer.alloc(length), 0, length, position)).buffer;

type Place = { readonly start: number; readonly size: number };

const placesIn = async (file: FileHandle, end: number): Promise<Map<string, Place>> => {
  const places = new Map<string, Place>();
  for (let position = 0; position < end; ) {
    const { name, size } = readTarHeader(await readAt(file, position, BLOCK));
    const start = position + BLOCK;
    places.set(name, { start, size });
    position = start + inBlocks(size);
  }
  return places;
};

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new Error(`Não há ${path}.`) : error;
    },
  );

/**
 * Opens an archive, every byte of which is as it was written.
 *
 * @returns a reader of its files by name.
 * @throws Error when there is none, or the seal does not fit.
 */
export const readArchive = async (path: string) => {
  const end = (await sizeOf(path)) - SEAL_LENGTH;
  if (end < 0) throw damaged(path);
  const seal = sealOf(await hashFile(path, end));
  const file = await open(path, 'r');
  try {
    if (!seal.equals(await readAt(file, end, SEAL_LENGTH))) throw damaged(path);
    const places = await placesIn(file, end);
    return (name: string): Gunzip => {
      const place = places.get(name);
      if (!place) throw damaged(path);
      const { start, size } = place;
      const stored = createReadStream(path, { start, end: start + size - 1 });
      const content = createGunzip();
      stored.on('error', (error) => content.destroy(error));
      return stored.pipe(content);
    };
  } finally {
    await file.close();
  }
};
