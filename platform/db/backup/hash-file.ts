import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256, in hexadecimal, of the first `length` bytes of a file. */
export const hashFile = async (path: string, length: number, signal?: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  if (length === 0) return hash.digest('hex');
  for await (const chunk of createReadStream(path, { end: length - 1, signal })) hash.update(chunk);
  return hash.digest('hex');
};
