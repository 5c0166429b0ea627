import { fold } from '../../../platform/text';

const punctuation = /[^\p{L}\p{N}]+/gu;
/** Documents, telephones and domains are one word however they are punctuated. */
const isOneWord = /\p{N}|[^.]\.[^.]/u;

const words = (text: string): string[] => fold(text).split(' ').filter(Boolean);
const parts = (word: string): string[] => word.split(punctuation).filter(Boolean);
const bare = (word: string): string => word.replace(punctuation, '');

/** A Brazilian telephone is known by any of its tails: with country, with DDD, the number, its last eight digits. */
const telephoneTerms = (e164: string): string[] => {
  const digits = e164.replace(/\D/g, '');
  return digits.startsWith('55')
    ? [0, 2, 4, digits.length - 8].map((start) => digits.slice(start))
    : [digits];
};

const emailTerms = (email: string): string[] => {
  const [local = '', domain = ''] = email.split('@');
  return [email, bare(domain), ...parts(local)];
};

type Searchable = {
  readonly nome: string;
  readonly documento: string | null;
  readonly emails: readonly string[];
  readonly telefones: readonly string[];
};

/** A word by whose beginnings a Cliente is found. */
export type TermoDeBusca = {
  readonly termo: string;
  /** Whether only the document has it: who may not see that must not find the Cliente by it. */
  readonly doDocumento: boolean;
};

export const termosDeBusca = ({ nome, documento, emails, telefones }: Searchable): TermoDeBusca[] => {
  const visible = new Set(
    [
      ...words(nome).flatMap((word) => [...parts(word), bare(word)]),
      ...emails.flatMap((email) => emailTerms(fold(email))),
      ...telefones.flatMap(telephoneTerms),
    ].filter(Boolean),
  );
  const termos = Array.from(visible, (termo) => ({ termo, doDocumento: false }));
  if (documento && !visible.has(fold(documento))) termos.push({ termo: fold(documento), doDocumento: true });
  return termos;
};

/**
 * The words of a search, each to be found as the beginning of a term. An e-mail is looked up as it is
 * written, a document or a telephone without its punctuation.
 */
export const palavrasDaBusca = (busca: string): string[] => {
  const searched = words(busca.replace(/(\d)[\s().-]+(?=\d)/g, '$1'));
  return [
    ...new Set(
      searched.flatMap((word) => {
        if (word.includes('@')) return [word];
        return isOneWord.test(word) ? [bare(word)] : parts(word);
      }),
    ),
  ].filter(Boolean);
};

/** The first text after all that begin with `word`, in the byte order of UTF-8 (COLLATE "C"). */
export const fimDoPrefixo = (word: string): string => `${word}\u{10FFFF}`;
