import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openDatabase } from '../../../platform/db/open-database';
import { fromRoot } from '../../../platform/project-root';
import { inProcessSignals } from '../../../platform/signals/testing/in-process-signals';
import { until } from '../../../platform/testing/until';
import { queryOnce } from '../../../platform/testing/with-client';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { expirados } from '../identidade/expirados';
import { createSessoes, type Sessoes } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';
import type { AlvoDaRevogacao } from './revogacao.repository';

const signals = inProcessSignals();
let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios({ signals });
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());
beforeEach(() => usuarios.admin.query('TRUNCATE revogacao'));

const listar = `query ($desde: DateTime) {
  revogacoes(registradasDesde: $desde) { lidasAte entradas { sessaoId usuarioId organizacaoId desde } }
}`;
const ler = async (instante: Date | null = null) =>
  (await usuarios.data(listar, { desde: instante?.toISOString() })).revogacoes;

const plantar = (alvo: AlvoDaRevogacao, desde: Date, registradaEm = desde) =>
  usuarios.admin.query(
    `INSERT INTO revogacao (id, sessao_id, usuario_id, organizacao_id, desde, registrada_em)
     VALUES (uuidv7(), $1, $2, $3, $4, $5)`,
    [
      'sessaoId' in alvo ? alvo.sessaoId : null,
      'usuarioId' in alvo ? alvo.usuarioId : null,
      'usuarioId' in alvo ? alvo.organizacaoId : null,
      desde,
      registradaEm,
    ],
  );

const minutosAtras = (minutos: number) => new Date(Date.now() - minutos * 60_000);

describe('revogacoes', () => {
  it('are told to the router, who asks as nobody, by when they were registered', async () => {
    const { caller } = await sessoes.pessoa();
    const before = await ler();
    expect(before.entradas).toEqual([]);
    await usuarios.data('mutation { sair }', {}, caller);
    const entrada = {
      sessaoId: caller.sessaoId,
      usuarioId: null,
      organizacaoId: null,
      desde: expect.any(String),
    };
    const { lidasAte, entradas } = await ler(new Date(before.lidasAte));
    expect(entradas).toEqual([entrada]);
    expect(new Date(entradas[0].desde).getTime()).toBeGreaterThan(new Date(before.lidasAte).getTime());
    expect((await ler()).entradas).toEqual([entrada]);
    expect((await ler(new Date(new Date(lidasAte).getTime() + 1))).entradas).toEqual([]);
  });

  it('are found by the database`s clock, however wrong that of usuarios is', async () => {
    const [atrasado, adiantado] = [randomUUID(), randomUUID()];
    const desde = (await ler()).lidasAte;
    await plantar({ sessaoId: atrasado }, minutosAtras(60), new Date());
    await plantar({ usuarioId: adiantado }, minutosAtras(-60), minutosAtras(5));
    expect((await ler(new Date(desde))).entradas).toEqual([
      { sessaoId: atrasado, usuarioId: null, organizacaoId: null, desde: expect.any(String) },
    ]);
  });

  it('are one for each session, person and person somewhere, the latest, however many there were', async () => {
    const [id, organizacaoId] = [randomUUID(), randomUUID()];
    const instantes = [3, 1, 2].map((minutos) => minutosAtras(minutos));
    for (const instante of instantes) {
      await plantar({ usuarioId: id }, instante);
      await plantar({ usuarioId: id, organizacaoId }, instante);
      await plantar({ sessaoId: id }, instante);
    }
    const desde = instantes[1]!.toISOString();
    const { entradas } = await ler();
    expect(entradas).toHaveLength(3);
    expect(entradas).toEqual(
      expect.arrayContaining([
        { sessaoId: null, usuarioId: id, organizacaoId: null, desde },
        { sessaoId: null, usuarioId: id, organizacaoId, desde },
        { sessaoId: id, usuarioId: null, organizacaoId: null, desde },
      ]),
    );
  });

  it('are read however many wait for the database', async () => {
    const { caller } = await sessoes.pessoa();
    await usuarios.admin.query('BEGIN; LOCK TABLE usuario');
    const hanging = Array.from({ length: 32 }, () => usuarios.run('{ eu { id } }', {}, caller));
    try {
      const waiting = `SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      // Within the transaction it would always be what it was at first.
      await until(async () => (await queryOnce(usuarios.database.adminUrl, waiting)).length === 10);
      expect((await ler()).entradas).toEqual([]);
    } finally {
      await usuarios.admin.query('ROLLBACK');
    }
    expect((await Promise.all(hanging)).filter(({ errors }) => errors)).toEqual([]);
  });

  it('come after a signal, which comes after the commit', async () => {
    const { caller } = await sessoes.pessoa();
    let heard = 0;
    const stop = signals.onSignal('revogacoes', () => {
      heard += 1;
    });
    await usuarios.data('mutation { sair }', {}, caller);
    expect(heard).toBe(1);
    await usuarios.data('mutation { sair }', {}, caller);
    expect(heard).toBe(1);
    await stop();
  });

  it('are in no client`s schema', async () => {
    const supergraph = await readFile(fromRoot('schema', 'subgraphs', 'usuarios.graphql'), 'utf8');
    expect(supergraph).toMatch(/revogacoes\([^)]*\): Revogacoes! @tag\(name: "publico"\) @inaccessible/);
    expect(await readFile(fromRoot('schema', 'api.graphql'), 'utf8')).not.toMatch(/revogac/i);
  });
});

describe('what has expired', () => {
  it('goes away: entries, sessions and their tokens, and nothing younger', async () => {
    const { caller, sessao } = await sessoes.pessoa();
    await sessoes.renovado(sessao.tokenRenovacao);
    const { caller: velha, sessao: velhaSessao } = await sessoes.pessoa();
    await sessoes.renovado(velhaSessao.tokenRenovacao);
    await usuarios.admin.query("UPDATE sessao SET expira_em = now() - interval '31 days' WHERE id = $1", [
      velha.sessaoId,
    ]);
    await plantar({ usuarioId: caller.usuarioId }, minutosAtras(19));
    // As somebody whose clock was behind would register it, and somebody whose clock was ahead.
    await plantar({ usuarioId: caller.usuarioId }, minutosAtras(60), minutosAtras(19));
    await plantar({ usuarioId: caller.usuarioId }, minutosAtras(19), minutosAtras(60));
    await plantar({ usuarioId: velha.usuarioId }, minutosAtras(21));
    const { stop } = openDatabase<PrismaClient>(PrismaClient, usuarios.database.url, expirados);
    await until(
      async () => (await usuarios.rowsOf('SELECT FROM sessao WHERE id = $1', [velha.sessaoId])).length === 0,
    );
    await until(async () => (await usuarios.rowsOf('SELECT FROM revogacao')).length === 3);
    await stop();
    expect(await usuarios.rowsOf('SELECT DISTINCT usuario_id FROM revogacao')).toEqual([
      { usuario_id: caller.usuarioId },
    ]);
    const tokens = 'SELECT sessao_id FROM token_usado WHERE sessao_id IN ($1, $2)';
    expect(await usuarios.rowsOf(tokens, [caller.sessaoId, velha.sessaoId])).toEqual([
      { sessao_id: caller.sessaoId },
    ]);
  });
});
