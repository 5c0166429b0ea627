import { createWriteStream } from 'node:fs';
import { open, truncate, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { hashFile } from './hash-file';
import { BLOCK, inBlocks, sealOf, tarHeader } from './tar';

/**
 * Begins a tar file of gzipped files, which a seal over all of it ends. Only its owner may read it.
 *
 * @throws Error EEXIST when there is a file of that name.
 */
export const writeArchive = async (path: string, signal?: AbortSignal) => {
  await writeFile(path, '', { flag: 'wx', mode: 0o600 });
  let end = 0;

  const writeAt = async (content: Buffer, position: number): Promise<void> => {
    const file = await open(path, 'r+');
    try {
      await file.write(content, 0, content.length, position);
    } finally {
      await file.close();
    }
  };

  return {
    /** Adds a file; its size is known, and written in front of it, when all of it is there. */
    add: async (name: string, content: Readable): Promise<void> => {
      const file = createWriteStream(path, { flags: 'r+', start: end + BLOCK });
      await pipeline(content, createGzip(), file, { signal });
      await writeAt(tarHeader(name, file.bytesWritten), end);
      end += BLOCK + inBlocks(file.bytesWritten);
    },

    /** Ends the archive, all of it on disk. @returns its size in bytes. */
    seal: async (): Promise<number> => {
      await truncate(path, end);
      const seal = sealOf(await hashFile(path, end, signal));
      await writeAt(seal, end);
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
      return end + seal.length;
    },
  };
};
