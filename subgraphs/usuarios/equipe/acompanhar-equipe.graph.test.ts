import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import { openDatabase } from '../../../platform/db/open-database';
import { runInScope } from '../../../platform/db/scope';
import { realEnvironment } from '../../../platform/environment';
import { applyEvent } from '../../../platform/events/apply-event';
import { anEvent } from '../../../platform/events/testing/cloud-events';
import { noLimits } from '../../../platform/limits/testing/no-limits';
import { inProcessSignals } from '../../../platform/signals/testing/in-process-signals';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { createEventRepositories } from '../context';
import { hashDoToken } from '../sessao/refresh-token';
import { subscribers } from '../subscribers';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { renovar } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

const signals = inProcessSignals();
let usuarios: Usuarios;
let consumer: ReturnType<typeof openDatabase<PrismaClient>>;
beforeAll(async () => {
  // Sessions are renewed more often than anybody may.
  usuarios = await startUsuarios({ limits: noLimits });
  // On connections of its own, as in another process than the graph's.
  consumer = openDatabase<PrismaClient>(PrismaClient, usuarios.database.url);
});
afterAll(async () => {
  await consumer.stop();
  await usuarios.stop();
});

const padaria = () => plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));

/** An equipe of an organization, of which is told who is in it. */
const umaEquipe = (organizacaoId: string) => {
  const equipeId = v7();
  const database = {
    db: consumer.prisma,
    repositories: createEventRepositories({ environment: realEnvironment, signals }),
    environment: realEnvironment,
  };
  let sequence = 0;
  return {
    equipeId,
    tem: (...pessoas: readonly string[]) => {
      sequence += 1;
      const event = anEvent<'EquipeAlterada'>({
        type: 'EquipeAlterada',
        subject: `Equipe/${equipeId}`,
        data: { equipeId, membros: pessoas },
        sequence: `${sequence}`,
        organizacaoid: organizacaoId,
      });
      return runInScope({ role: 'inquilino', organizacaoId }, () => applyEvent(database, subscribers, event));
    },
  };
};

const sessaoDe = async ({ organizacaoId, usuarioId }: Caller): Promise<string> => {
  const token = randomUUID();
  await usuarios.admin.query(
    `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
     VALUES (uuidv7(), $1, $2, $3, now(), now(), now() + interval '1 day')`,
    [organizacaoId, usuarioId, hashDoToken(token)],
  );
  return token;
};
const renovado = async (token: string) => {
  const { tokenAcesso, tokenRenovacao } = (await usuarios.data(renovar, { token })).renovarSessao;
  const { iat, equipes } = decodeJwt<{ equipes: string[] }>(tokenAcesso);
  return { emitidoEm: Math.round(iat! * 1000), equipes, tokenRenovacao };
};
const equipesDe = async (caller: Caller) => (await renovado(await sessaoDe(caller))).equipes;
const entradasDe = async ({ usuarioId }: Caller): Promise<number[]> =>
  (
    await usuarios.rowsOf('SELECT desde FROM revogacao WHERE usuario_id = $1 ORDER BY desde, id', [usuarioId])
  ).map(({ desde }) => desde.getTime());

describe('a change of who is in an equipe', () => {
  it('is in the next tokens of those who entered or left, whose tokens of before are refused', async () => {
    const { organizacaoId, pessoa } = await padaria();
    const [fica, entra, sai] = [await pessoa(), await pessoa(), await pessoa()].map(({ caller }) => caller);
    const [uma, outra] = [umaEquipe(organizacaoId), umaEquipe(organizacaoId)];
    await uma.tem(fica!.usuarioId, sai!.usuarioId);
    await outra.tem(sai!.usuarioId);
    expect(await equipesDe(sai!)).toEqual([uma.equipeId, outra.equipeId].sort());

    await uma.tem(entra!.usuarioId, fica!.usuarioId);
    for (const [quem, equipes, entradas] of [
      [fica!, [uma.equipeId], 1],
      [entra!, [uma.equipeId], 1],
      [sai!, [outra.equipeId], 3],
    ] as const) {
      expect(await equipesDe(quem)).toEqual(equipes);
      expect(await entradasDe(quem)).toHaveLength(entradas);
    }
  });

  it('is told to the routers when it has committed, and where nobody`s rights changed it is not', async () => {
    const { organizacaoId, pessoa } = await padaria();
    const { caller } = await pessoa();
    const heard: Promise<number[]>[] = [];
    const stop = signals.onSignal('revogacoes', () => heard.push(entradasDe(caller)));
    const equipe = umaEquipe(organizacaoId);
    await equipe.tem(caller.usuarioId);
    expect(heard).toHaveLength(1);
    expect(await heard[0]).toHaveLength(1);
    await equipe.tem(caller.usuarioId);
    await equipe.tem(caller.usuarioId, randomUUID());
    expect(heard).toHaveLength(1);
    await stop();
  });

  it('leaves out who does not belong to the organization, and whoever is not there', async () => {
    const [minha, outra] = [await padaria(), await padaria()];
    const { caller } = await minha.pessoa();
    const { caller: alheia } = await outra.pessoa();
    await umaEquipe(minha.organizacaoId).tem(caller.usuarioId, alheia.usuarioId, randomUUID());
    expect(await entradasDe(caller)).toHaveLength(1);
    expect(await entradasDe(alheia)).toEqual([]);
    expect(await equipesDe(alheia)).toEqual([]);
  });

  it('is of the tokens for that organization alone', async () => {
    const [aqui, la] = [await padaria(), await padaria()];
    const { caller } = await aqui.pessoa();
    const { caller: elaLa } = await la.pessoa(['LEITURA'], caller.usuarioId);
    await umaEquipe(aqui.organizacaoId).tem(caller.usuarioId);
    expect(await equipesDe(elaLa)).toEqual([]);
    const entradas = 'SELECT organizacao_id FROM revogacao WHERE usuario_id = $1';
    expect(await usuarios.rowsOf(entradas, [caller.usuarioId])).toEqual([
      { organizacao_id: aqui.organizacaoId },
    ]);
  });

  it('leaves no token of before that is younger than the entry', async () => {
    const { organizacaoId, pessoa } = await padaria();
    const { caller } = await pessoa();
    const equipe = umaEquipe(organizacaoId);
    let changing = true;
    const emitted: { emitidoEm: number; equipes: string[] }[] = [];
    const keepRenewing = async (first: string) => {
      let token = first;
      while (changing) {
        const { tokenRenovacao, ...emitido } = await renovado(token);
        emitted.push(emitido);
        token = tokenRenovacao;
      }
    };
    const tokens: string[] = [];
    for (let i = 0; i < 4; i++) tokens.push(await sessaoDe(caller));
    const renewing = tokens.map(keepRenewing);
    const rounds = 20;
    for (let i = 0; i < rounds; i++) await equipe.tem(...(i % 2 ? [] : [caller.usuarioId]));
    changing = false;
    await Promise.all(renewing);

    const entries = await entradasDe(caller);
    expect(entries).toHaveLength(rounds);
    for (const { emitidoEm, equipes } of emitted) {
      const last = entries.filter((desde) => desde <= emitidoEm).length;
      // A token that no entry refuses says what the last entry was for, or what the next one will be for.
      const next = entries[last];
      const isOfTheLast = equipes.length === last % 2;
      expect(isOfTheLast || (next !== undefined && emitidoEm === next - 1)).toBe(true);
    }
  });
});
