import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { ConfigError } from './config';
import {
  byPrecedence,
  codeOf,
  type KeysFile,
  parseKeys,
  readKeyText,
  refusedKeys,
  type StoredKey,
  signsFrom,
} from './key-file';
import { keySetText, newKey } from './signing-keys';

/**
 * How long a key is kept once another signs in its place. What it signed last has expired after 15 minutes; the rest is
 * for processes that read the file late, and for clocks that differ.
 */
const keptMs = 60 * 60_000;

type Rotation = {
  readonly now: Date;
  /** Until the new key signs, in milliseconds: by then whoever verifies has to know it. */
  readonly delayMs: number;
};

type Rotated = {
  /** The new key, and from when on it signs. */
  readonly kid: string;
  readonly from: Date;
  /** Those that were left out, since all that they signed has expired. */
  readonly dropped: readonly string[];
};

/** The keys before which another has signed for long enough: of those that came earlier nothing is valid any more. */
const outdated = (keys: readonly StoredKey[], now: Date): readonly StoredKey[] => {
  const ordered = byPrecedence(keys);
  const current = ordered.findIndex(
    ({ jwk, privateKey }) => privateKey && jwk.nbf !== undefined && signsFrom(jwk) + keptMs <= now.getTime(),
  );
  return current < 0 ? [] : ordered.slice(current + 1);
};

/** The key set after the rotation, and what there is to tell of it. */
const rotated = async (from: KeysFile, { now, delayMs }: Rotation) => {
  const keys = parseKeys(from, await readKeyText(from));
  const nbf = Math.ceil((now.getTime() + delayMs) / 1000);
  const key = await newKey();
  const dropped = outdated(keys, now);
  const kept = keys.filter((one) => !dropped.includes(one)).map(({ jwk }) => jwk);
  // At the end: a version that knows nothing of times goes on signing with the first.
  const text = keySetText([...kept, { ...key, nbf }]);
  const outcome: Rotated = {
    kid: key.kid,
    from: new Date(nbf * 1000),
    dropped: dropped.map(({ jwk }) => jwk.kid),
  };
  return { text, outcome };
};

/** Takes the place of the file at once, under its own permissions and owner. */
const replace = async (file: string, scratch: FileHandle, path: string, text: string): Promise<void> => {
  const [{ mode, uid, gid }, made] = await Promise.all([stat(file), scratch.stat()]);
  await scratch.writeFile(text);
  if (made.uid !== uid || made.gid !== gid) await scratch.chown(uid, gid);
  await scratch.chmod(mode & 0o777);
  await scratch.sync();
  await rename(path, file);
};

/**
 * Adds a key to a JWK Set that signs after a delay, and leaves out those that nobody needs any more. Processes that use
 * the file take it over by themselves; what older keys signed stays valid until it expires.
 *
 * @throws ConfigError naming the setting when the file is not one of keys or cannot be replaced.
 */
export const rotateKeys = async (from: KeysFile, rotation: Rotation): Promise<Rotated> => {
  const path = `${from.file}.rotacao`;
  const fail = (error: unknown): never => {
    if (error instanceof ConfigError) throw error;
    throw refusedKeys(from, `não foi possível gravar (${codeOf(error)})`);
  };
  // It keeps a second rotation out, of which one would undo the other.
  const scratch = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') return fail(error);
    throw refusedKeys(from, `há outra rotação em andamento, ou uma interrompida: nesse caso apague ${path}`);
  });
  try {
    const { text, outcome } = await rotated(from, rotation);
    await replace(from.file, scratch, path, text);
    return outcome;
  } catch (error) {
    await rm(path, { force: true });
    return fail(error);
  } finally {
    await scratch.close();
  }
};
