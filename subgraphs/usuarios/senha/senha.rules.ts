import { buildMessage, ValidateBy, type ValidationArguments } from 'class-validator';
import { badUserInput } from '../../../platform/errors';
import { normalizarSenha } from './senha';
import { ehSenhaComum } from './senhas-comuns';

const shortest = 10;
const longest = 128;

const lengthOf = (senha: string): number => [...normalizarSenha(senha)].length;

/** Whether a password has the length that a new one must have; white space counts. */
const temTamanhoDeSenha = (senha: string): boolean =>
  lengthOf(senha) >= shortest && lengthOf(senha) <= longest;

/** What is wrong with a password to be kept, as the end of a sentence about it; null when nothing is. */
export const problemaDaSenha = (senha: string): string | null => {
  if (!temTamanhoDeSenha(senha)) return `deve ter de ${shortest} a ${longest} caracteres`;
  return ehSenhaComum(senha) ? 'é fácil de adivinhar: escolha outra' : null;
};

/**
 * A password to be kept: 10 to 128 characters, counted as Unicode code points after NFC, and none of those that are
 * tried first.
 */
export const SenhaNova = (): PropertyDecorator =>
  ValidateBy({
    name: 'senhaNova',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && problemaDaSenha(value) === null,
      defaultMessage: (args?: ValidationArguments) =>
        `A senha ${problemaDaSenha(typeof args?.value === 'string' ? args.value : '')}.`,
    },
  });

/** A password to be checked: any that could have been kept, and no work for a longer one. */
export const SenhaInformada = (): PropertyDecorator =>
  ValidateBy({
    name: 'senhaInformada',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && lengthOf(value) <= longest,
      defaultMessage: buildMessage(() => `A senha tem no máximo ${longest} caracteres.`),
    },
  });

export const ehIgualAoEmail = (senha: string, email: string): boolean =>
  normalizarSenha(senha).trim().toLowerCase() === email;

/** @throws CodedError BAD_USER_INPUT when the password is the e-mail, in whatever case. */
export const exigirSenhaDiferenteDoEmail = (senha: string, email: string, campo = 'dados.senha'): void => {
  if (!ehIgualAoEmail(senha, email)) return;
  throw badUserInput([{ campo, mensagem: 'A senha deve ser diferente do e-mail.' }]);
};
