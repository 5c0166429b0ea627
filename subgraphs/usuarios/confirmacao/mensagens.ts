import type { Message } from '../../../platform/mail/mail';
import { tidy } from '../../../platform/text';
import type { ConfirmacaoAEnviar, TipoDeConfirmacao } from './confirmacao.repository';
import { prazos } from './prazos';

type Modelo = {
  /** The page of the front end that takes the token. */
  readonly pagina: string;
  readonly assunto: string;
  /** @param organizacao a name as it may stand in a text. */
  readonly texto: (organizacao: string) => string;
};

const longestName = 60;

/**
 * A name that somebody typed, for a text that goes to somebody else: on one line, cut, and with nothing in it that a
 * mail program would make a link of.
 */
const citado = (nome: string): string => {
  const words = nome.replace(/[^\p{L}\p{M}\p{N} &'’.,()-]/gu, ' ').replace(/\.(?=[\p{L}\p{M}\p{N}])/gu, '. ');
  const characters = [...tidy(words)];
  const cut = characters.length > longestName ? [...characters.slice(0, longestName), '…'] : characters;
  return `“${cut.join('')}”`;
};

const modelos: Readonly<Record<TipoDeConfirmacao, Modelo>> = {
  REGISTRO: {
    pagina: 'confirmar-email',
    assunto: 'Confirme o seu e-mail',
    texto: (organizacao) =>
      `Alguém pediu o registro da organização ${organizacao} no Teia com este e-mail.\nPara confirmar e escolher a sua senha, abra:`,
  },
  CONVITE: {
    pagina: 'aceitar-convite',
    assunto: 'Você recebeu um convite',
    texto: (organizacao) =>
      `A organização ${organizacao} convidou você para trabalhar com ela no Teia.\nPara aceitar, abra:`,
  },
  SENHA: {
    pagina: 'redefinir-senha',
    assunto: 'Redefina a sua senha',
    texto: () => 'Alguém pediu uma nova senha para o seu cadastro no Teia.\nPara escolher uma, abra:',
  },
};

type Envio = {
  /** The front end's address, without a slash at its end. */
  readonly appUrl: string;
  readonly token: string;
};

/** The message that brings a token to an address. In the link the token is a fragment: no server is sent it. */
export const mensagemDe = (
  { tipo, email, organizacao }: Pick<ConfirmacaoAEnviar, 'tipo' | 'email' | 'organizacao'>,
  { appUrl, token }: Envio,
): Message => {
  const { pagina, assunto, texto } = modelos[tipo];
  return {
    to: email,
    subject: `Teia: ${assunto}`,
    text: [
      'Olá,',
      texto(citado(organizacao ?? '')),
      `${appUrl}/${pagina}#token=${token}`,
      `O link vale por ${prazos[tipo].texto} e serve uma única vez. Se não é com você, ignore esta mensagem.`,
      '',
    ].join('\n\n'),
  };
};
