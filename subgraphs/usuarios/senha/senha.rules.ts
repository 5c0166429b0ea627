import { buildMessage, ValidateBy } from 'class-validator';
import { badUserInput } from '../../../platform/errors';
import { normalizarSenha } from './senha';

const shortest = 10;
const longest = 128;

const lengthOf = (senha: string): number => [...normalizarSenha(senha)].length;

/** Whether a password has the length that a new one must have; white space counts. */
export const temTamanhoDeSenha = (senha: string): boolean =>
  lengthOf(senha) >= shortest && lengthOf(senha) <= longest;

export const instrucaoDeTamanho = `deve ter de ${shortest} a ${longest} caracteres`;

/** A password to be kept: 10 to 128 characters, counted as Unicode code points after NFC. */
export const SenhaNova = (): PropertyDecorator =>
  ValidateBy({
    name: 'senhaNova',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && temTamanhoDeSenha(value),
      defaultMessage: buildMessage(() => `A senha ${instrucaoDeTamanho}.`),
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
export const exigirSenhaDiferenteDoEmail = (senha: string, email: string): void => {
  if (!ehIgualAoEmail(senha, email)) return;
  throw badUserInput([{ campo: 'dados.senha', mensagem: 'A senha deve ser diferente do e-mail.' }]);
};
