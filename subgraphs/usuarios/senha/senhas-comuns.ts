import { dictionary } from '@zxcvbn-ts/language-common';
import { normalizarSenha } from './senha';

/** What people add to a word when they are asked for more: `senha123`, `flamengo!`, `brasil2026!`. */
const appendix = /[\d\p{P}\p{S}\s]{1,6}$/u;
const shortestWord = 4;

/** The 49,000 commonest passwords of public leaks: about 4 MB. */
const commonWords: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** `senhasenha`, `121212121212`, `aaaaaaaaaa`. */
const repeatsItself = (text: string): boolean => {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.startsWith(text.slice(period))) return true;
  }
  return false;
};

/** `0123456789`, `jihgfedcba`. */
const isSequence = (text: string): boolean => {
  const codes = [...text].map((character) => character.charCodeAt(0));
  const [first = 0, second = 0] = codes;
  const step = second - first;
  return (
    Math.abs(step) === 1 && codes.every((code, index) => index === 0 || code - codes[index - 1]! === step)
  );
};

/**
 * Whether a password is among the first that somebody would try: one of the commonest, in whatever case and with a
 * little added at its end, a repetition or a sequence. NIST SP 800-63B (5.1.1.2) asks for this, and for no rules about
 * kinds of characters.
 */
export const ehSenhaComum = (senha: string): boolean => {
  const text = normalizarSenha(senha).toLowerCase();
  const word = text.replace(appendix, '');
  return (
    commonWords.has(text) ||
    (word.length >= shortestWord && commonWords.has(word)) ||
    repeatsItself(text) ||
    isSequence(text)
  );
};
