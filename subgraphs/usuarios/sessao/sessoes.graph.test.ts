import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { aCaller } from '../../../platform/testing/callers';
import { countStatements } from '../../../platform/testing/count-statements';
import { callerOf, createSessoes, entrar, renovar, type Sessoes, sessaoInvalida } from '../testing/sessoes';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios();
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());

const listar = `{ sessoes { id criadaEm usadaEm expiraEm dispositivo endereco atual organizacao { id nome atual } } }`;
const encerrar = 'mutation ($id: ID!) { encerrarSessao(dados: { id: $id }) }';
const trocar = `mutation ($organizacaoId: ID!) {
  trocarOrganizacao(dados: { organizacaoId: $organizacaoId }) {
    tokenAcesso tokenRenovacao usuario { id membro { organizacao { nome } } }
  }
}`;

const naoEncontrada = { code: 'NOT_FOUND', motivo: 'NAO_ENCONTRADO' };

const entryOf = (id: string) =>
  usuarios.rowsOf('SELECT sessao_id, usuario_id FROM revogacao WHERE sessao_id = $1 OR usuario_id = $1', [
    id,
  ]);
const eventsIn = async (organizacaoId: string) =>
  (
    await usuarios.rowsOf(
      `SELECT tipo, dados FROM teia.outbox WHERE organizacao_id = $1 AND tipo LIKE 'Sess%' ORDER BY transacao, id`,
      [organizacaoId],
    )
  ).map(({ tipo, dados }) => ({ tipo, dados }));
const auditIn = async (organizacaoId: string) =>
  (
    await usuarios.rowsOf(
      `SELECT dados FROM teia.outbox WHERE organizacao_id = $1 AND tipo = 'RegistroDeAuditoria' ORDER BY transacao, id`,
      [organizacaoId],
    )
  ).map(({ dados }) => dados.acao);

/** Somebody of two organizations, signed in in each. */
const deDuas = async () => {
  const { email, sessao, caller } = await sessoes.pessoa();
  const outra = await usuarios.registrado({ email, organizacao: 'Confeitaria' });
  const { tokenAcesso, tokenRenovacao } = (
    await usuarios.data(trocar, { organizacaoId: outra.organizacaoId }, caller)
  ).trocarOrganizacao;
  const primeira = await sessoes.entrado(email);
  await usuarios.data(trocar, { organizacaoId: caller.organizacaoId }, callerOf(primeira.tokenAcesso));
  const segunda = callerOf(tokenAcesso);
  const [{ id: sessaoId }] = await usuarios.rowsOf(
    'SELECT id FROM sessao WHERE organizacao_id = $1 AND revogada_em IS NULL',
    [caller.organizacaoId],
  );
  return {
    email,
    antiga: sessao,
    primeira: { ...caller, sessaoId },
    segunda,
    tokenDaSegunda: tokenRenovacao,
  };
};

describe('sessoes', () => {
  it('are one`s own in all organizations, the one used last first', async () => {
    const { email, caller } = await sessoes.pessoa();
    await sessoes.pessoa();
    const info = { ip: '192.0.2.44', userAgent: 'Navegador ñ 🐟' };
    const outra = callerOf((await usuarios.data(entrar, { email, senha }, null, info)).entrar.tokenAcesso);
    const { sessoes: listed } = await usuarios.data(listar, {}, caller);
    expect(listed).toEqual([
      {
        id: outra.sessaoId,
        criadaEm: expect.any(String),
        usadaEm: expect.any(String),
        expiraEm: expect.any(String),
        dispositivo: 'Navegador ñ 🐟',
        endereco: '192.0.2.44',
        atual: false,
        organizacao: { id: caller.organizacaoId, nome: 'Padaria', atual: true },
      },
      expect.objectContaining({
        id: caller.sessaoId,
        endereco: '127.0.0.1',
        dispositivo: 'jest',
        atual: true,
      }),
    ]);
  });

  it('are neither those that are over nor more than a hundred', async () => {
    const { caller } = await sessoes.pessoa();
    const plantar = (many: number, expira: string, revogada: string | null) =>
      usuarios.admin.query(
        `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em, revogada_em)
         SELECT uuidv7(), $1, $2, uuidv7()::text, now(), now() - interval '1 day', now() + $3::interval, $4::timestamptz
         FROM generate_series(1, $5::int)`,
        [caller.organizacaoId, caller.usuarioId, expira, revogada, many],
      );
    await plantar(3, '-1 second', null);
    await plantar(3, '1 day', '2026-01-01');
    expect((await usuarios.data(listar, {}, caller)).sessoes).toHaveLength(1);
    await plantar(150, '1 day', null);
    const { sessoes: listed } = await usuarios.data(listar, {}, caller);
    expect(listed).toHaveLength(100);
    expect(listed[0].id).toBe(caller.sessaoId);
  });

  it.each(['{ sessoes { id } }', '{ minhasOrganizacoes { id } }'])(
    'are refused to anonymous: %s',
    async (query) => {
      expect(await usuarios.refusal(query)).toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );
});

describe('minhasOrganizacoes', () => {
  it('are those where one is an active member', async () => {
    const { caller, email } = await sessoes.pessoa();
    const outra = await usuarios.registrado({ email, organizacao: 'Confeitaria' });
    const saiu = await usuarios.registrado({ email, organizacao: 'Antiga' });
    await usuarios.admin.query('UPDATE membro SET ativo = false WHERE organizacao_id = $1', [
      saiu.organizacaoId,
    ]);
    await usuarios.registrado();
    expect(await usuarios.data('{ minhasOrganizacoes { id nome atual } }', {}, caller)).toEqual({
      minhasOrganizacoes: [
        { id: outra.organizacaoId, nome: 'Confeitaria', atual: false },
        { id: caller.organizacaoId, nome: 'Padaria', atual: true },
      ],
    });
  });
});

describe('encerrarSessao', () => {
  it('ends one of one`s own, in another organization as well, where that is heard of', async () => {
    const { primeira, segunda, tokenDaSegunda } = await deDuas();
    expect(await usuarios.data(encerrar, { id: segunda.sessaoId }, primeira)).toEqual({
      encerrarSessao: true,
    });
    expect(await usuarios.refusal(renovar, { token: tokenDaSegunda })).toEqual(sessaoInvalida);
    expect(await entryOf(segunda.sessaoId)).toEqual([{ sessao_id: segunda.sessaoId, usuario_id: null }]);
    expect((await eventsIn(segunda.organizacaoId)).at(-1)).toEqual({
      tipo: 'SessaoEncerrada',
      dados: { usuarioId: segunda.usuarioId, sessaoId: segunda.sessaoId },
    });
    expect((await auditIn(segunda.organizacaoId)).at(-1)).toBe('sessao.encerrar');
    expect(await auditIn(primeira.organizacaoId)).not.toContain('sessao.encerrar');
  });

  it('answers one that has expired as one that is over', async () => {
    const { email, caller } = await sessoes.pessoa();
    const { sessaoId } = callerOf((await sessoes.entrado(email)).tokenAcesso);
    await usuarios.admin.query('UPDATE sessao SET expira_em = now() WHERE id = $1', [sessaoId]);
    expect(await usuarios.refusal(encerrar, { id: sessaoId }, caller)).toMatchObject(naoEncontrada);
    expect(await auditIn(caller.organizacaoId)).not.toContain('sessao.encerrar');
  });

  it('answers another person`s, a missing and a finished one alike, and ends none', async () => {
    const { caller } = await sessoes.pessoa();
    const bia = await sessoes.pessoa();
    const { email } = await sessoes.pessoa();
    const finda = callerOf((await sessoes.entrado(email)).tokenAcesso);
    await usuarios.data('mutation { sair }', {}, finda);
    const colega = { ...caller, organizacaoId: bia.caller.organizacaoId };
    for (const [id, como] of [
      [bia.caller.sessaoId, caller],
      [bia.caller.sessaoId, colega],
      [randomUUID(), caller],
      ['não é um id', caller],
      [finda.sessaoId, finda],
    ] as const) {
      expect(await usuarios.refusal(encerrar, { id }, como)).toMatchObject(naoEncontrada);
    }
    expect(await sessoes.renovado(bia.sessao.tokenRenovacao)).toBeDefined();
  });
});

describe('sairDeTodas', () => {
  it('ends all sessions in all organizations, and all access tokens of the person', async () => {
    const { email, primeira, segunda, tokenDaSegunda } = await deDuas();
    const mais = await sessoes.entrado(email);
    const alheia = await sessoes.pessoa();
    expect(await usuarios.data('mutation { sairDeTodas }', {}, primeira)).toEqual({ sairDeTodas: true });
    for (const token of [tokenDaSegunda, mais.tokenRenovacao]) {
      expect(await usuarios.refusal(renovar, { token })).toEqual(sessaoInvalida);
    }
    expect(await entryOf(primeira.usuarioId)).toEqual([{ sessao_id: null, usuario_id: primeira.usuarioId }]);
    for (const { organizacaoId } of [primeira, segunda]) {
      expect((await eventsIn(organizacaoId)).at(-1)).toEqual({
        tipo: 'SessoesEncerradas',
        dados: { usuarioId: primeira.usuarioId },
      });
      expect((await auditIn(organizacaoId)).at(-1)).toBe('sessao.sairDeTodas');
    }
    expect(await sessoes.renovado(alheia.sessao.tokenRenovacao)).toBeDefined();
  });

  it('leaves none that began before it, whoever is faster', async () => {
    const { email, caller } = await sessoes.pessoa();
    const [, ...entradas] = await Promise.all([
      usuarios.data('mutation { sairDeTodas }', {}, caller),
      ...Array.from({ length: 5 }, () => sessoes.entrado(email)),
    ]);
    const [{ desde }] = await usuarios.rowsOf('SELECT desde FROM revogacao WHERE usuario_id = $1', [
      caller.usuarioId,
    ]);
    for (const { tokenAcesso } of entradas) {
      const [sessao] = await usuarios.rowsOf('SELECT * FROM sessao WHERE id = $1', [
        callerOf(tokenAcesso).sessaoId,
      ]);
      expect(sessao.revogada_em === null).toBe(sessao.criada_em >= desde);
    }
  });
});

describe('sessions of one person', () => {
  const plantar = ({ organizacaoId, usuarioId }: Caller, many: number) =>
    usuarios.admin.query(
      `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
       SELECT uuidv7(), $1, $2, uuidv7()::text, now(), now() - n * interval '1 hour', now() + interval '1 day'
       FROM generate_series(1, $3::int) n`,
      [organizacaoId, usuarioId, many],
    );
  const abertas = (usuarioId: string) =>
    usuarios.rowsOf(
      'SELECT id, organizacao_id, usada_em FROM sessao WHERE usuario_id = $1 AND revogada_em IS NULL ORDER BY usada_em',
      [usuarioId],
    );

  it('are a hundred at most: another ends the one that was not used for longest, wherever that is', async () => {
    const { email, caller } = await sessoes.pessoa();
    const outra = await usuarios.registrado({ email, organizacao: 'Confeitaria' });
    await plantar(outra, 99);
    const [antiga] = await abertas(caller.usuarioId);
    await sessoes.entrado(email);
    const restantes = await abertas(caller.usuarioId);
    expect(restantes).toHaveLength(100);
    expect(restantes).not.toContainEqual(antiga);
    expect(await entryOf(antiga.id)).toHaveLength(1);
    expect(await auditIn(outra.organizacaoId)).toContain('sessao.substituir');
    const atOnce = await Promise.all(
      Array.from({ length: 8 }, () => usuarios.refusal(entrar, { email, senha })),
    );
    expect(atOnce).toEqual(Array(8).fill(undefined));
    expect(await abertas(caller.usuarioId)).toHaveLength(100);
  });

  it('end together in a few statements, however many there are', async () => {
    const { caller } = await sessoes.pessoa();
    await plantar(caller, 5_000);
    const { texts } = await countStatements(() => usuarios.data('mutation { sairDeTodas }', {}, caller));
    expect(texts.length).toBeLessThan(12);
    expect(await abertas(caller.usuarioId)).toEqual([]);
    expect(await entryOf(caller.usuarioId)).toHaveLength(1);
  });
});

describe('trocarOrganizacao', () => {
  it('ends the session here and begins one there', async () => {
    const { sessao, caller, email } = await sessoes.pessoa();
    const outra = await usuarios.registrado({ email, organizacao: 'Confeitaria' });
    const { trocarOrganizacao } = await usuarios.data(trocar, { organizacaoId: outra.organizacaoId }, caller);
    expect(trocarOrganizacao.usuario).toEqual({
      id: caller.usuarioId,
      membro: { organizacao: { nome: 'Confeitaria' } },
    });
    const nova = callerOf(trocarOrganizacao.tokenAcesso);
    expect(nova).toMatchObject({ usuarioId: caller.usuarioId, organizacaoId: outra.organizacaoId });
    expect(nova.sessaoId).not.toBe(caller.sessaoId);
    expect(await usuarios.refusal(renovar, { token: sessao.tokenRenovacao })).toEqual(sessaoInvalida);
    expect(await sessoes.renovado(trocarOrganizacao.tokenRenovacao)).toBeDefined();
    expect(await entryOf(caller.sessaoId)).toHaveLength(1);
    expect(await entryOf(nova.sessaoId)).toEqual([]);
    expect(await auditIn(caller.organizacaoId)).toEqual(['sessao.entrar', 'sessao.trocarOrganizacao']);
    expect(await auditIn(outra.organizacaoId)).toEqual(['sessao.entrar']);
  });

  it('is no longer life: the new session ends when the old one would have', async () => {
    const { caller, email } = await sessoes.pessoa();
    const { organizacaoId } = await usuarios.registrado({ email });
    await usuarios.admin.query("UPDATE sessao SET expira_em = now() + interval '1 hour' WHERE id = $1", [
      caller.sessaoId,
    ]);
    const { tokenAcesso } = (await usuarios.data(trocar, { organizacaoId }, caller)).trocarOrganizacao;
    const depois = callerOf(tokenAcesso);
    const { tokenAcesso: deVolta } = (
      await usuarios.data(trocar, { organizacaoId: caller.organizacaoId }, depois)
    ).trocarOrganizacao;
    const rows = await usuarios.rowsOf(
      'SELECT expira_em, familia_id FROM sessao WHERE usuario_id = $1 ORDER BY criada_em',
      [caller.usuarioId],
    );
    expect(new Set(rows.map(({ expira_em }) => expira_em.getTime())).size).toBe(1);
    expect(rows.map(({ familia_id }) => familia_id)).toEqual([null, caller.sessaoId, caller.sessaoId]);
    await usuarios.admin.query('UPDATE sessao SET expira_em = now() WHERE usuario_id = $1', [
      caller.usuarioId,
    ]);
    expect(await usuarios.refusal(trocar, { organizacaoId }, callerOf(deVolta))).toEqual(sessaoInvalida);
  });

  it('refuses the organization in which one is, and the session goes on', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const { organizacaoId } = caller;
    for (const id of [organizacaoId, organizacaoId.toUpperCase()]) {
      expect(await usuarios.refusal(trocar, { organizacaoId: id }, caller)).toMatchObject({
        code: 'CONFLICT',
        motivo: 'MESMA_ORGANIZACAO',
      });
    }
    expect(await sessoes.renovado(sessao.tokenRenovacao)).toBeDefined();
  });

  it('is possible 30 times in 15 minutes, renewals included', async () => {
    const { caller, email } = await sessoes.pessoa();
    const outra = await usuarios.registrado({ email });
    let atual: Caller = caller;
    let tokenRenovacao = '';
    for (let i = 0; i < 30; i++) {
      const { organizacaoId } = i % 2 === 0 ? outra : caller;
      const { trocarOrganizacao } = await usuarios.data(trocar, { organizacaoId }, atual);
      atual = callerOf(trocarOrganizacao.tokenAcesso);
      tokenRenovacao = trocarOrganizacao.tokenRenovacao;
    }
    const demais = { code: 'RATE_LIMITED' };
    expect(await usuarios.refusal(trocar, { organizacaoId: outra.organizacaoId }, atual)).toMatchObject(
      demais,
    );
    expect(await usuarios.refusal(renovar, { token: tokenRenovacao })).toMatchObject(demais);
  });

  it('of two sessions that change places both succeed, again and again', async () => {
    const { caller, email } = await sessoes.pessoa();
    const outra = await usuarios.registrado({ email });
    const ir = async (quem: Caller, organizacaoId: string): Promise<Caller> =>
      callerOf((await usuarios.data(trocar, { organizacaoId }, quem)).trocarOrganizacao.tokenAcesso);
    const deadlocks = async () => {
      await usuarios.admin.query('SELECT pg_stat_clear_snapshot()');
      const [row] = await usuarios.rowsOf(
        'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
      );
      return row.deadlocks;
    };
    let uma: Caller = caller;
    let dois = await ir(callerOf((await sessoes.entrado(email)).tokenAcesso), outra.organizacaoId);
    for (let i = 0; i < 10; i++) {
      [uma, dois] = await Promise.all([ir(uma, dois.organizacaoId), ir(dois, uma.organizacaoId)]);
    }
    expect(await deadlocks()).toBe(0);
  });

  it('answers a foreign, a missing and a lost organization alike, and the session goes on', async () => {
    const { sessao, caller, email } = await sessoes.pessoa();
    const saiu = await usuarios.registrado({ email });
    await usuarios.admin.query('UPDATE membro SET ativo = false WHERE organizacao_id = $1', [
      saiu.organizacaoId,
    ]);
    const alheia = await usuarios.registrado();
    const answers = [];
    for (const organizacaoId of [alheia.organizacaoId, randomUUID(), 'não é um id', saiu.organizacaoId]) {
      answers.push((await usuarios.run(trocar, { organizacaoId }, caller)).errors);
    }
    expect(new Set(answers.map((errors) => JSON.stringify(errors))).size).toBe(1);
    expect(answers[0]?.[0]?.extensions).toMatchObject(naoEncontrada);
    expect(await sessoes.renovado(sessao.tokenRenovacao)).toBeDefined();
  });

  it('of 20 at once succeeds once, and not for a session that is over', async () => {
    const { caller, email } = await sessoes.pessoa();
    const { organizacaoId } = await usuarios.registrado({ email });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => usuarios.refusal(trocar, { organizacaoId }, caller)),
    );
    expect(answers.filter((refusal) => refusal === undefined)).toHaveLength(1);
    expect(answers.filter((refusal) => refusal?.motivo === 'SESSAO_INVALIDA')).toHaveLength(19);
    const abertas = await usuarios.rowsOf(
      'SELECT organizacao_id FROM sessao WHERE usuario_id = $1 AND revogada_em IS NULL',
      [caller.usuarioId],
    );
    expect(abertas).toEqual([{ organizacao_id: organizacaoId }]);
  });

  it('takes nobody`s word for a session that is not theirs', async () => {
    const { email, caller } = await sessoes.pessoa();
    const { organizacaoId } = await usuarios.registrado({ email });
    const alheia = await sessoes.pessoa();
    const como = { ...caller, sessaoId: alheia.caller.sessaoId };
    expect(await usuarios.refusal(trocar, { organizacaoId }, como)).toEqual(sessaoInvalida);
    expect(await usuarios.refusal(trocar, { organizacaoId }, aCaller())).toEqual(sessaoInvalida);
    expect(await sessoes.renovado(alheia.sessao.tokenRenovacao)).toBeDefined();
  });
});
