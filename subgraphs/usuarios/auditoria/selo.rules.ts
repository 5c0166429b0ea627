import { createHash } from 'node:crypto';
import type { RegistroGuardado, SeloGuardado } from './registro';

type Texts = Readonly<Record<string, string | null | readonly (string | null)[]>>;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The canonical JSON (RFC 8785) of an object of texts, nulls and lists of these: members in the order of their names,
 * no white space, texts as ECMAScript writes them.
 */
const canonical = (texts: Texts): string => JSON.stringify(texts, Object.keys(texts).sort());

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** SHA-256 of the canonical JSON of a record, all of whose members are texts, lists of texts, or null. */
export const resumoDoRegistro = (registro: RegistroGuardado): Buffer =>
  sha256(canonical({ ...registro, numero: String(registro.numero) }));

/**
 * SHA-256 of the canonical JSON of a seal, with `anterior`: the hash of the one before, null for the first. Hashes and
 * digests are in hexadecimal, numbers in decimal, both as texts.
 */
export const hashDoSelo = (
  { organizacaoId, numero, primeiroNumero, ultimoNumero, resumos, seladoEm }: Omit<SeloGuardado, 'hash'>,
  anterior: Uint8Array | null,
): Buffer =>
  sha256(
    canonical({
      anterior: anterior && hex(anterior),
      organizacaoId,
      numero: String(numero),
      primeiroNumero: String(primeiroNumero),
      ultimoNumero: String(ultimoNumero),
      resumos: resumos.map(hex),
      seladoEm,
    }),
  );

export const sameBytes = (one: Uint8Array | undefined, other: Uint8Array): boolean =>
  one !== undefined && Buffer.compare(one, other) === 0;
