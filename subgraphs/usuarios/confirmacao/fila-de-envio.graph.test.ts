import type { Message } from '../../../platform/mail/mail';
import { until } from '../../../platform/testing/until';
import { deAlgumLugar, novoEmail } from '../testing/correio';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

const registrar = `mutation ($email: Email!) {
  registrarOrganizacao(dados: { organizacao: "Padaria", nome: "Ana", email: $email }) { expiraEm }
}`;
const redefinir = `mutation ($email: Email!) { pedirRedefinicaoDeSenha(dados: { email: $email }) }`;
const convidar = `mutation ($email: Email!, $perfil: ID!) {
  convidarUsuario(dados: { email: $email, perfilIds: [$perfil] }) { id }
}`;

/** A mail server that takes each message when it is told to, or refuses it. */
const createCounter = () => {
  type Entregue = { readonly to: string; readonly take: () => void; readonly refuse: () => void };
  const waiting: Entregue[] = [];
  const seen: string[] = [];
  let most = 0;
  let open = false;
  return {
    seen,
    most: () => most,
    waiting,
    sendMail: ({ to }: Message): Promise<void> => {
      seen.push(to);
      if (open) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const done = (settle: () => void) => () => {
          waiting.splice(waiting.indexOf(entregue), 1);
          settle();
        };
        const entregue = { to, take: done(resolve), refuse: done(() => reject(new Error('no'))) };
        waiting.push(entregue);
        most = Math.max(most, waiting.length);
      });
    },
    openUp: () => {
      open = true;
      for (const { take } of [...waiting]) take();
    },
  };
};

let usuarios: Usuarios;
let counter: ReturnType<typeof createCounter>;
beforeEach(async () => {
  counter = createCounter();
  usuarios = await startUsuarios({ sendMail: counter.sendMail });
});
afterEach(async () => {
  counter.openUp();
  await usuarios.stop();
});

const pedir = (document: string, email: string) => usuarios.data(document, { email }, null, deAlgumLugar());
const linhaDe = async (email: string) =>
  (await usuarios.rowsOf('SELECT * FROM confirmacao WHERE email = $1', [email]))[0];
const conhecida = async () => {
  const email = novoEmail();
  await usuarios.registrado({ email });
  return email;
};
/** All the hands are full with these registrations. */
const ocupado = async () => {
  for (let i = 0; i < 5; i += 1) await pedir(registrar, novoEmail());
  await until(() => counter.waiting.length === 5);
};

it('sends five at once and no more; what comes later does not wait for one that is slow', async () => {
  await ocupado();
  const later = Array.from({ length: 7 }, novoEmail);
  for (const email of later) await pedir(registrar, email);
  const [slow] = counter.waiting;
  while (counter.seen.length < 12) {
    const other = await until(() => counter.waiting.find((one) => one !== slow) ?? false);
    other.take();
  }
  expect(counter.seen.slice(5)).toEqual(later);
  expect(counter.waiting).toContain(slow);
  expect(counter.most()).toBe(5);
});

it('sends new passwords first, then registrations, then invitations, each kind by age', async () => {
  const org = await plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));
  const { caller } = await org.pessoa();
  await ocupado();
  const emails = { convites: [novoEmail(), novoEmail()], registro: novoEmail(), senha: await conhecida() };
  for (const email of emails.convites) {
    await usuarios.data(convidar, { email, perfil: org.perfis.LEITURA }, caller);
  }
  await pedir(registrar, emails.registro);
  await pedir(redefinir, emails.senha);
  for (let left = 4; left > 0; left -= 1) {
    const before = counter.seen.length;
    counter.waiting[0]?.take();
    await until(() => counter.seen.length > before);
  }
  expect(counter.seen.slice(5)).toEqual([emails.senha, emails.registro, ...emails.convites]);
});

it('takes as long for somebody unknown as the message before took', async () => {
  const one = novoEmail();
  await pedir(registrar, one);
  const entregue = await until(() => counter.waiting[0] ?? false);
  await new Promise((resolve) => setTimeout(resolve, 600));
  entregue.take();
  await until(async () => (await linhaDe(one)).enviada_em !== null);
  const unknown = novoEmail();
  await pedir(redefinir, unknown);
  const { criada_em, enviada_em } = await until(async () => {
    const linha = await linhaDe(unknown);
    return linha.enviada_em !== null && linha;
  });
  expect(enviada_em - criada_em).toBeGreaterThanOrEqual(590);
  expect(counter.seen).toEqual([one]);
});

it.each(['take', 'refuse'] as const)(
  'leaves a message alone that somebody else has taken meanwhile: %s',
  async (outcome) => {
    const [stolen, after] = [novoEmail(), novoEmail()];
    await pedir(registrar, stolen);
    const entregue = await until(() => counter.waiting[0] ?? false);
    await usuarios.admin.query(
      "UPDATE confirmacao SET token_hash = 'theirs', enviar_em = '2100-01-01Z' WHERE email = $1",
      [stolen],
    );
    entregue[outcome]();
    // By then whatever is written of the first has been.
    await pedir(registrar, after);
    (await until(() => counter.waiting[0] ?? false)).take();
    await until(async () => (await linhaDe(after)).enviada_em !== null);
    expect(await linhaDe(stolen)).toMatchObject({
      token_hash: 'theirs',
      enviada_em: null,
      enviar_em: new Date('2100-01-01Z'),
    });
  },
);
