import { readFile } from 'node:fs/promises';
import { openDatabase } from '../../../platform/db/open-database';
import { fromRoot } from '../../../platform/project-root';
import { inProcessSignals } from '../../../platform/signals/testing/in-process-signals';
import { until } from '../../../platform/testing/until';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { expirados } from '../identidade/expirados';
import { createSessoes, type Sessoes } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

const signals = inProcessSignals();
let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios({ signals });
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());
beforeEach(() => usuarios.admin.query('TRUNCATE revogacao'));

const listar = 'query ($desde: DateTime!) { revogacoes(desde: $desde) { sessaoId usuarioId desde } }';
const desde = async (instante: Date) =>
  (await usuarios.data(listar, { desde: instante.toISOString() })).revogacoes;

const plantar = (usuarioId: string, instante: string) =>
  usuarios.admin.query('INSERT INTO revogacao (id, usuario_id, desde) VALUES (uuidv7(), $1, $2)', [
    usuarioId,
    instante,
  ]);

describe('revogacoes', () => {
  it('are told to the router, who asks as nobody, from an instant on', async () => {
    const { caller } = await sessoes.pessoa();
    const before = new Date();
    await usuarios.data('mutation { sair }', {}, caller);
    const [entry, ...others] = await desde(before);
    expect(others).toEqual([]);
    expect(entry).toEqual({ sessaoId: caller.sessaoId, usuarioId: null, desde: expect.any(String) });
    expect(new Date(entry.desde).getTime()).toBeGreaterThan(before.getTime());
    expect(await desde(new Date(entry.desde))).toEqual([entry]);
    expect(await desde(new Date(new Date(entry.desde).getTime() + 1))).toEqual([]);
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
    expect(supergraph).toMatch(/revogacoes\([^)]*\): \[Revogacao!\]! @tag\(name: "publico"\) @inaccessible/);
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
    await plantar(caller.usuarioId, new Date(Date.now() - 19 * 60_000).toISOString());
    await plantar(velha.usuarioId, new Date(Date.now() - 21 * 60_000).toISOString());
    const { stop } = openDatabase<PrismaClient>(PrismaClient, usuarios.database.url, expirados);
    await until(
      async () => (await usuarios.rowsOf('SELECT FROM sessao WHERE id = $1', [velha.sessaoId])).length === 0,
    );
    await until(async () => (await usuarios.rowsOf('SELECT FROM revogacao')).length === 1);
    await stop();
    expect(await usuarios.rowsOf('SELECT usuario_id FROM revogacao')).toEqual([
      { usuario_id: caller.usuarioId },
    ]);
    const tokens = 'SELECT sessao_id FROM token_usado WHERE sessao_id IN ($1, $2)';
    expect(await usuarios.rowsOf(tokens, [caller.sessaoId, velha.sessaoId])).toEqual([
      { sessao_id: caller.sessaoId },
    ]);
  });
});
