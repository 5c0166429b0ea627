import { randomUUID } from 'node:crypto';
import { unavailable } from '../../../platform/errors';
import type { Limits } from '../../../platform/limits/limits';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { until } from '../../../platform/testing/until';
import { entrar } from '../testing/sessoes';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

let counting: Limits;
let usuarios: Usuarios;
beforeAll(async () => {
  const limits: Limits = {
    attempt: (...given) => counting.attempt(...given),
    forgive: (...given) => counting.forgive(...given),
  };
  usuarios = await startUsuarios({ limits });
});
afterAll(() => usuarios.stop());
beforeEach(() => {
  counting = memoryLimits();
});

const incorretas = { code: 'UNAUTHENTICATED', motivo: 'CREDENCIAIS_INVALIDAS' };
const demais = { code: 'RATE_LIMITED', motivo: 'MUITAS_TENTATIVAS' };

const daqui = { ip: '192.0.2.1' };

const tentar = (email: string, tentativa = 'errada', { ip } = daqui) =>
  usuarios.refusal(entrar, { email, senha: tentativa }, null, { ip });

const novoEmail = () => `${randomUUID()}@exemplo.com`;
const conhecida = async () => {
  const email = novoEmail();
  return { email, caller: await usuarios.registrado({ email }) };
};

/** How attempts made one after the other were answered. */
const inTurn = async (many: number, attempt: (index: number) => Promise<unknown>) => {
  const answers: unknown[] = [];
  for (let index = 0; index < many; index++) answers.push(await attempt(index));
  return answers;
};
const times = <T>(many: number, value: T): T[] => Array.from({ length: many }, () => value);

describe('attempts to sign in', () => {
  it('are ten for an account from one place, known or not, and then not even the right password helps', async () => {
    const { email } = await conhecida();
    for (const each of [email, novoEmail()]) {
      expect(await inTurn(12, () => tentar(each))).toEqual([...times(10, incorretas), ...times(2, demais)]);
      expect(await tentar(` ${each.toUpperCase()} `, senha)).toEqual(demais);
    }
    expect(await usuarios.run(entrar, { email, senha }, null, daqui)).toMatchObject({
      errors: [{ message: 'Muitas tentativas. Tente de novo em 15 minutos.' }],
    });
  });

  it('count one by one when they come together, as aliases of one request or at once', async () => {
    const { email } = await conhecida();
    const alias = (name: string) =>
      `${name}: entrar(dados: { email: $email, senha: $senha }) { tokenAcesso }`;
    const names = Array.from({ length: 30 }, (_, index) => `a${index}`);
    const document = `mutation ($email: Email!, $senha: String!) { ${names.map(alias).join(' ')} }`;
    // A refused one ends its request; ten requests of thirty are ten attempts.
    const together = await inTurn(10, () =>
      usuarios.refusal(document, { email, senha: 'errada' }, null, daqui),
    );
    expect(together).toEqual(times(10, incorretas));
    expect(await tentar(email, senha)).toEqual(demais);

    const other = await conhecida();
    const atOnce = await Promise.all(times(40, other.email).map((each) => tentar(each)));
    expect(atOnce.filter((answer) => JSON.stringify(answer) === JSON.stringify(incorretas))).toHaveLength(10);
  });

  it('of the account are forgiven by success', async () => {
    const { email } = await conhecida();
    for (let round = 0; round < 2; round++) {
      expect(await inTurn(9, () => tentar(email))).toEqual(times(9, incorretas));
      expect(await usuarios.run(entrar, { email, senha }, null, daqui)).not.toHaveProperty('errors');
    }
  });

  it('are not possible while nobody counts', async () => {
    const { email } = await conhecida();
    counting = {
      attempt: async () => {
        throw unavailable();
      },
      forgive: async () => {},
    };
    expect(await tentar(email, senha)).toEqual({ code: 'SUBGRAPH_UNAVAILABLE' });
  });
});

describe('a refused attempt', () => {
  const recusas = (usuarioId: string) =>
    usuarios.rowsOf("SELECT * FROM teia.outbox WHERE dados ->> 'entidadeId' = $1", [usuarioId]);

  it('of somebody who is known is audited where they would have entered, and of nobody else', async () => {
    const { email, caller } = await conhecida();
    await tentar(novoEmail());
    await tentar(email, 'errada', { ip: '192.0.2.77' });
    await until(async () => (await recusas(caller.usuarioId)).length === 1);
    expect(await recusas(caller.usuarioId)).toMatchObject([
      {
        tipo: 'RegistroDeAuditoria',
        organizacao_id: caller.organizacaoId,
        dados: { acao: 'sessao.recusar', usuarioId: null, ip: '192.0.2.77', sessaoId: null, campos: [] },
      },
    ]);
    expect(JSON.stringify(await recusas(caller.usuarioId))).not.toMatch(/errada|exemplo\.com/);
  });

  it('of many is audited each, and so is the one with which the account is locked', async () => {
    const pessoas = await Promise.all(Array.from({ length: 12 }, conhecida));
    const refused = await Promise.all(
      pessoas.flatMap(({ email }, index) =>
        Array.from({ length: 12 }, () => tentar(email, 'errada', { ip: `192.0.2.${index}` })),
      ),
    );
    expect(refused).toHaveLength(144);
    for (const { caller } of pessoas) {
      await until(async () => (await recusas(caller.usuarioId)).length === 11);
      const acoes = (await recusas(caller.usuarioId)).map(({ dados }) => dados.acao).sort();
      expect(acoes).toEqual(['sessao.bloquear', ...times(10, 'sessao.recusar')]);
    }
  });

  it('that locks the address of nobody is nobody`s', async () => {
    const email = novoEmail();
    const before = await usuarios.rowsOf(
      "SELECT FROM teia.outbox WHERE dados ->> 'acao' = 'sessao.bloquear'",
    );
    await inTurn(12, () => tentar(email, 'errada', { ip: '192.0.2.200' }));
    const { email: outra, caller } = await conhecida();
    await inTurn(11, () => tentar(outra, 'errada', { ip: '192.0.2.201' }));
    await until(async () => (await recusas(caller.usuarioId)).length === 11);
    const after = await usuarios.rowsOf("SELECT FROM teia.outbox WHERE dados ->> 'acao' = 'sessao.bloquear'");
    expect(after.length - before.length).toBe(1);
  });
});
