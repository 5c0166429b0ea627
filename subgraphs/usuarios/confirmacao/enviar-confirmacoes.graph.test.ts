import { log } from '../../../platform/log';
import type { SendMail } from '../../../platform/mail/mail';
import { createSmtpMail } from '../../../platform/mail/smtp-mail';
import { startSmtpServer } from '../../../platform/mail/testing/smtp-server';
import { createMailbox } from '../../../platform/testing/mailbox';
import { until } from '../../../platform/testing/until';
import { confirmar, deAlgumLugar, novoEmail } from '../testing/correio';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

const registrar = `mutation ($dados: RegistrarOrganizacaoInput!) {
  registrarOrganizacao(dados: $dados) { expiraEm }
}`;
const redefinir = `mutation ($email: Email!) { pedirRedefinicaoDeSenha(dados: { email: $email }) }`;

let usuarios: Usuarios;
const start = async (sendMail: SendMail) => {
  usuarios = await startUsuarios({ sendMail });
};
afterEach(() => usuarios.stop());

const pedir = (email = novoEmail()) =>
  usuarios.data(registrar, { dados: { organizacao: 'Padaria', nome: 'Ana', email } }, null, deAlgumLugar());
const linhas = () => usuarios.rowsOf('SELECT * FROM confirmacao ORDER BY criada_em, id');
const todasEnviadas = () =>
  until(async () => (await linhas()).every(({ enviada_em }) => enviada_em !== null) || false);
/** The wait is over for what failed. */
const agoraDeNovo = () => usuarios.admin.query("UPDATE confirmacao SET enviar_em = now() - interval '1 s'");

describe('what waits to be sent', () => {
  it('is tried again later while the mail server is down, and arrives once when it is back', async () => {
    const server = await startSmtpServer();
    const { port } = server;
    await server.stop();
    const mail = createSmtpMail({ url: server.url, sender: 'teia@exemplo.com' });
    await start(mail.sendMail);
    const email = novoEmail();
    await pedir(email);

    const failed = await until(async () => {
      const [linha] = await linhas();
      return linha.tentativas === 1 && linha.enviar_em - linha.criada_em < 60_000 && linha;
    });
    expect(failed.enviada_em).toBeNull();
    const firstWait = failed.enviar_em - failed.criada_em;
    expect(firstWait).toBeGreaterThanOrEqual(15_000);

    await agoraDeNovo();
    await pedir();
    const again = await until(async () => {
      const linha = (await linhas()).find((one) => one.email === email);
      return linha.tentativas === 2 && linha.enviar_em - Date.now() < 60_000 && linha;
    });
    expect(again.enviar_em - Date.now()).toBeGreaterThan(firstWait);
    expect(again.token_hash).not.toBe(failed.token_hash);

    const back = await startSmtpServer({}, port);
    await agoraDeNovo();
    await pedir();
    await todasEnviadas();
    const arrived = back.received.filter(({ to }) => to.includes(email));
    expect(arrived).toHaveLength(1);
    const token = /#token=([\w-]{43})/.exec(arrived[0]?.mail.text ?? '')?.[1];
    await usuarios.data(confirmar, { dados: { token, senha } });
    mail.close();
    await back.stop();
  });

  it('is sent once, however many processes there are', async () => {
    const mailbox = createMailbox();
    await start(mailbox.sendMail);
    const databaseUrl = usuarios.database.url;
    const others = await Promise.all(
      Array.from({ length: 2 }, () => startUsuarios({ sendMail: mailbox.sendMail, databaseUrl })),
    );
    const emails = Array.from({ length: 40 }, novoEmail);
    const everybody = [usuarios, ...others];
    await Promise.all(
      emails.map((email, i) =>
        everybody[i % 3]!.data(
          registrar,
          { dados: { organizacao: 'Padaria', nome: 'Ana', email } },
          null,
          deAlgumLugar(),
        ),
      ),
    );
    await todasEnviadas();
    expect(mailbox.messages.map(({ to }) => to).sort()).toEqual([...emails].sort());
    for (const other of others) await other.stop();
  });

  it('is given up once it would be of no use', async () => {
    await start(async () => {
      throw new Error('down');
    });
    const vencida = novoEmail();
    await pedir(vencida);
    await until(async () => (await linhas())[0].tentativas === 1);
    await usuarios.admin.query(
      "UPDATE confirmacao SET enviar_em = now() - interval '1 s', expira_em = now()",
    );
    await pedir();
    await until(async () =>
      (await linhas()).some(({ email, tentativas }) => email !== vencida && tentativas === 1),
    );
    expect((await linhas()).find(({ email }) => email === vencida).tentativas).toBe(1);
  });

  it('waits longer each time, and never longer than six hours', async () => {
    await start(async () => {
      throw new Error('down');
    });
    await pedir();
    await until(async () => (await linhas())[0].tentativas === 1);
    await usuarios.admin.query('UPDATE confirmacao SET tentativas = 1000');
    await agoraDeNovo();
    await pedir();
    const linha = await until(async () => {
      const [first] = await linhas();
      return first.tentativas === 1001 && first.enviar_em - Date.now() > 130_000 && first;
    });
    expect(linha.enviar_em - Date.now()).toBeLessThanOrEqual(6 * 60 * 60 * 1000);
  });

  it('is nothing for a password of nobody, or of somebody who is not active', async () => {
    const mailbox = createMailbox();
    await start(mailbox.sendMail);
    const inativa = novoEmail();
    const ativa = novoEmail();
    const { usuarioId } = await usuarios.registrado({ email: inativa });
    await usuarios.registrado({ email: ativa });
    await usuarios.admin.query('UPDATE usuario SET ativo = false WHERE id = $1', [usuarioId]);
    for (const email of [novoEmail(), inativa, ativa]) {
      await usuarios.data(redefinir, { email }, null, deAlgumLugar());
    }
    await todasEnviadas();
    expect(mailbox.messages.map(({ to }) => to)).toEqual([ativa]);
  });

  it('leaves neither token nor address in the log, whatever becomes of it', async () => {
    const written: unknown[] = [];
    const spies = (['info', 'warn', 'error', 'fatal'] as const).map((level) =>
      jest.spyOn(log, level).mockImplementation((...given: unknown[]) => void written.push(given)),
    );
    const mailbox = createMailbox();
    let fails = true;
    await start((message) => (fails ? Promise.reject(new Error('down')) : mailbox.sendMail(message)));
    const email = novoEmail();
    await pedir(email);
    await until(async () => (await linhas())[0].tentativas === 1);
    fails = false;
    await until(async () => (await linhas())[0].enviar_em - Date.now() < 60_000);
    await agoraDeNovo();
    await pedir();
    const token = await mailbox.nextToken(email, 'confirmar-email');
    await usuarios.data(confirmar, { dados: { token, senha } });
    for (const spy of spies) spy.mockRestore();
    expect(written.length).toBeGreaterThan(0);
    const text = JSON.stringify(written);
    for (const secret of [token, email, senha]) expect(text).not.toContain(secret);
  });
});
