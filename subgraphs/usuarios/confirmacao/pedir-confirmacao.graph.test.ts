import { unavailable } from '../../../platform/errors';
import { countStatements } from '../../../platform/testing/count-statements';
import { type ComCorreio, deAlgumLugar, novoEmail, startComCorreio } from '../testing/correio';

let usuarios: ComCorreio;
beforeAll(async () => {
  usuarios = await startComCorreio();
});
afterAll(() => usuarios.stop());

const registrar = `mutation ($email: Email!) {
  registrarOrganizacao(dados: { organizacao: "Padaria", nome: "Ana", email: $email }) { __typename }
}`;
const redefinir = `mutation ($email: Email!) { pedirRedefinicaoDeSenha(dados: { email: $email }) }`;

const conhecida = async () => {
  const email = novoEmail();
  await usuarios.registrado({ email });
  return email;
};
const inativa = async () => {
  const email = await conhecida();
  await usuarios.admin.query('UPDATE usuario SET ativo = false WHERE email = $1', [email]);
  return email;
};
const linhasDe = async (email: string) =>
  (await usuarios.rowsOf('SELECT FROM confirmacao WHERE email = $1', [email])).length;
/** Of requests alone: the sending of what they asked for goes on beside them. */
const ownStatements = (texts: readonly string[]) => texts.filter((text) => !/devida|^UPDATE/.test(text));

describe.each([
  ['registrarOrganizacao', registrar, '2001:db8:1:1::'],
  ['pedirRedefinicaoDeSenha', redefinir, '2001:db8:1:2::'],
])('%s', (_, pedir, rede) => {
  it('answers alike, by the same single statement, whoever has the address', async () => {
    const seen = [];
    for (const email of [novoEmail(), await conhecida(), await inativa()]) {
      const { result, texts } = await countStatements(() =>
        usuarios.run(pedir, { email }, null, deAlgumLugar()),
      );
      expect(result.errors).toBeUndefined();
      expect(await linhasDe(email)).toBe(1);
      seen.push({ result, texts: ownStatements(texts) });
    }
    expect(seen[0]?.texts).toHaveLength(1);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('writes to one address five times an hour, and answers the sixth time as the first', async () => {
    const email = await conhecida();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        usuarios.run(pedir, { email: email.toUpperCase() }, null, deAlgumLugar()),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors).toBeUndefined();
    expect(await linhasDe(email)).toBe(5);
  });

  it('counts every alias of a request from one network, and says when there were too many', async () => {
    const one = pedir.replace(/^[^{]*\{|\}\s*$/g, '').replaceAll('$email', '"EMAIL"');
    const aliases = Array.from({ length: 31 }, (__, i) =>
      one.trim().replace(/^/, `m${i}: `).replace('EMAIL', novoEmail()),
    );
    const { data, errors } = await usuarios.run(`mutation { ${aliases.join('\n')} }`, {}, null, {
      ip: `${rede}1`,
    });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['m30'], 'RATE_LIMITED'],
    ]);
    expect(data).toBeNull();
    const { errors: neighbour } = await usuarios.run(pedir, { email: novoEmail() }, null, {
      ip: `${rede}ffff`,
    });
    expect(neighbour?.[0]?.extensions?.code).toBe('RATE_LIMITED');
  });
});

it('writes a new password`s message to whoever was sent as many of another kind as an hour allows', async () => {
  const email = await conhecida();
  const kinds = () =>
    usuarios.rowsOf(
      'SELECT tipo, count(*)::int FROM confirmacao WHERE email = $1 GROUP BY tipo ORDER BY tipo',
      [email],
    );
  for (let i = 0; i < 6; i += 1) await usuarios.data(registrar, { email }, null, deAlgumLugar());
  await usuarios.data(redefinir, { email }, null, deAlgumLugar());
  expect(await kinds()).toEqual([
    { tipo: 'REGISTRO', count: 5 },
    { tipo: 'SENHA', count: 1 },
  ]);
});

it('asks for nothing while nobody can count', async () => {
  const outro = await startComCorreio({
    limits: { attempt: () => Promise.reject(unavailable()), forgive: async () => {} },
  });
  for (const pedir of [registrar, redefinir]) {
    const { errors } = await outro.run(pedir, { email: novoEmail() });
    expect(errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
  }
  expect(await outro.rowsOf('SELECT FROM confirmacao')).toEqual([]);
  await outro.stop();
});
