import { randomUUID } from 'node:crypto';
import { createMailbox } from '../../../platform/testing/mailbox';
import { senha, startUsuarios } from './start-usuarios';

const registrar = `mutation ($dados: RegistrarOrganizacaoInput!) {
  registrarOrganizacao(dados: $dados) { expiraEm }
}`;
const sessao = `tokenAcesso tokenRenovacao expiraEm usuario {
  id nome email membro { id ativo organizacao { id nome } }
}`;
export const confirmar = `mutation ($dados: ConfirmarEmailInput!) { confirmarEmail(dados: $dados) { ${sessao} } }`;
export const aceitar = `mutation ($dados: AceitarConviteInput!) { aceitarConvite(dados: $dados) { ${sessao} } }`;

export const tokenInvalido = { code: 'UNAUTHENTICATED', motivo: 'TOKEN_DE_EMAIL_INVALIDO' };
export const credenciaisInvalidas = { code: 'UNAUTHENTICATED', motivo: 'CREDENCIAIS_INVALIDAS' };

export const novoEmail = () => `${randomUUID()}@exemplo.com`;

/** A network of its own for each request, whose attempts nobody else counts. */
export const deAlgumLugar = () => ({
  ip: `10.${[0, 0, 0].map(() => Math.floor(Math.random() * 256)).join('.')}`,
});

/** The subgraph with a mailbox that gets whatever it sends. */
export const startComCorreio = async (services: Parameters<typeof startUsuarios>[0] = {}) => {
  const mailbox = createMailbox();
  const usuarios = await startUsuarios({ sendMail: mailbox.sendMail, ...services });
  return {
    ...usuarios,
    mailbox,
    /** Registers an organization, up to the token that its administrator is sent. */
    pedido: async (dados: object = {}) => {
      const email = novoEmail();
      const given = { organizacao: 'Padaria', nome: 'Ana', email, ...dados };
      const seen = mailbox.tokensOf(given.email, 'confirmar-email').length;
      await usuarios.data(registrar, { dados: given }, null, deAlgumLugar());
      const token = await mailbox.nextToken(given.email, 'confirmar-email', seen);
      return { email: given.email, token };
    },
    confirmado: async (token: string, given = senha) =>
      (await usuarios.data(confirmar, { dados: { token, senha: given } }, null, deAlgumLugar()))
        .confirmarEmail,
    /** The built-in perfis that a Membro has. */
    perfisDe: async (membroId: string): Promise<string[]> => {
      const rows = await usuarios.rowsOf(
        'SELECT embutido FROM membro_perfil JOIN perfil ON perfil.id = perfil_id WHERE membro_id = $1 ORDER BY 1',
        [membroId],
      );
      return rows.map(({ embutido }) => embutido);
    },
    pessoasCom: (email: string) => usuarios.rowsOf('SELECT * FROM usuario WHERE email = $1', [email]),
  };
};

export type ComCorreio = Awaited<ReturnType<typeof startComCorreio>>;
