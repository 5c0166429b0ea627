import { createHash } from 'node:crypto';

/** Everything in a tar file takes whole blocks. */
export const BLOCK = 512;
const LONGEST_NAME = 100;
/** Octal digits say no more; beyond it GNU's and most other tars write the number itself. */
const LARGEST_OCTAL = 8 ** 11;

/** Always the same, so that equal contents make equal headers, and not near 1970, which tar warns of. */
const MODIFIED = Date.UTC(2026, 0, 1) / 1_000;

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

const writeSize = (header: Buffer, size: number): void => {
  if (size < LARGEST_OCTAL) {
    header.write(octal(size, 12), 124, 'latin1');
  } else {
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(size), 128);
  }
};

const readSize = (header: Buffer): number =>
  header.readUInt8(124) === 0x80
    ? Number(header.readBigUInt64BE(128))
    : Number.parseInt(header.toString('latin1', 124, 136), 8);

/** The block in front of a file's content (POSIX ustar): for its owner alone to read. */
export const tarHeader = (name: string, size: number): Buffer => {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new Error(`the name is too long for a tar file: ${name}`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(octal(0o600, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  writeSize(header, size);
  header.write(octal(MODIFIED, 12), 136, 'latin1');
  header.write(' '.repeat(8), 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
};

/** What a header says of the file behind it. */
export const readTarHeader = (header: Buffer) => ({
  name: header.toString('utf8', 0, LONGEST_NAME).replace(/\0.*$/s, ''),
  size: readSize(header),
});

/** The blocks that so many bytes take, in bytes. */
export const inBlocks = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

const SEAL = 'SHA256';

/** The end of an archive: a file with the SHA-256 of all before it, and the two empty blocks that end a tar file. */
export const sealOf = (sha256: string): Buffer => {
  const content = Buffer.alloc(BLOCK);
  content.write(`${sha256}\n`, 'latin1');
  return Buffer.concat([tarHeader(SEAL, sha256.length + 1), content, Buffer.alloc(2 * BLOCK)]);
};

export const SEAL_LENGTH = sealOf(createHash('sha256').digest('hex')).length;
