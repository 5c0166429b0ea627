import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isObjectType } from 'graphql';
import { fromRoot } from '../platform/project-root';
import type { Subgraph } from '../platform/subgraph/define-subgraph';
import { aCaller } from '../platform/testing/callers';
import { subgraphs } from '.';
import type { MutationProbe, MutationProbes } from './testing/idempotency/probes';
import { startWorld } from './testing/idempotency/start-world';

/** Their answers hold tokens, which nothing may keep. */
const issuing = ['confirmarEmail', 'aceitarConvite', 'entrar', 'renovarSessao', 'trocarOrganizacao'];
/** Their arguments hold passwords, of which nothing may keep a quick digest; each works once by what it changes. */
const withPasswords = ['trocarSenha', 'desativarConta', 'redefinirSenha'];
/** Nobody is signed in to whom a key could belong: asked again, each has another message sent, of which there are few an hour. */
const anonymous = ['registrarOrganizacao', 'pedirRedefinicaoDeSenha'];

/** In the probes' texts: nothing that a person typed may stay beside a key. */
const typed = 'Digitado';

const subgraphOf = (name: string): Subgraph => require(fromRoot('subgraphs', name)).default;

const probesOf = (name: string): MutationProbes => {
  const file = fromRoot('subgraphs', name, 'idempotency.probes.ts');
  return existsSync(file) ? require(file).default : {};
};

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The same arguments with ids of nothing; undefined when there is no id in them. */
const withOtherIds = (args: object): object | undefined => {
  const text = JSON.stringify(args);
  const others = text.replace(uuid, () => randomUUID());
  return others === text ? undefined : JSON.parse(others);
};

/** Every text in it that is no id. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.match(uuid)?.[0] === value ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const mutationsOf = (name: string) =>
  Object.values(subgraphOf(name).schema.getMutationType()?.getFields() ?? {});

test('only what issues tokens is left out', () => {
  const withTokens = Object.keys(subgraphs)
    .flatMap(mutationsOf)
    .filter(({ type }) => {
      const returned = 'ofType' in type ? type.ofType : type;
      return (
        isObjectType(returned) && Object.keys(returned.getFields()).some((field) => /^token/.test(field))
      );
    })
    .map(({ name }) => name);
  expect(withTokens.sort()).toEqual([...issuing].sort());
});

describe.each(Object.keys(subgraphs))('the mutations of %s', (name) => {
  const probes = probesOf(name);
  const mutations = mutationsOf(name)
    .map((field) => field.name)
    .filter((mutation) => ![...issuing, ...withPasswords, ...anonymous].includes(mutation));

  it('have a probe each', () => {
    expect(Object.keys(probes).sort()).toEqual([...mutations].sort());
  });

  let world: Awaited<ReturnType<typeof startWorld>>;
  beforeAll(async () => {
    world = await startWorld(subgraphOf(name));
  });
  afterAll(() => world.stop());
  beforeEach(() => world.answer(true));

  const prepare = async (mutation: string) => {
    const place = world.newWorld();
    const probe = (await probes[mutation]?.(place)) as MutationProbe;
    return { caller: place.caller, ...probe, chave: randomUUID() };
  };

  const keysOf = (chave: string) => world.rowsOf('SELECT * FROM teia.idempotencia WHERE chave = $1', [chave]);
  /** The outbox of an organization: what it tells of what was changed, and what the audit keeps of it. */
  const toldOf = (organizacaoId: string) =>
    world.rowsOf('SELECT dados, correlation_id FROM teia.outbox WHERE organizacao_id = $1', [organizacaoId]);
  const changesOf = async (organizacaoId: string) =>
    (
      await world.rowsOf(
        "SELECT FROM teia.outbox WHERE organizacao_id = $1 AND tipo = 'RegistroDeAuditoria'",
        [organizacaoId],
      )
    ).length;

  /** Asks the same several times at once, and once more when the other domains are down; all answer alike. */
  const insist = async (mutation: string, question: Parameters<typeof world.ask>[1]) => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.ask(mutation, question)));
    const before = await world.contents();
    world.answer(false);
    answers.push(await world.ask(mutation, question));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await world.contents()).toEqual(before);
    return answers[0]!;
  };

  describe.each(mutations)('%s with an Idempotency-Key', (mutation) => {
    it('has one effect and one answer, without asking other domains again', async () => {
      const { caller, args, chave } = await prepare(mutation);
      const before = await changesOf(caller.organizacaoId);
      const { errors } = await insist(mutation, { caller, args, chave });
      expect(errors).toBeUndefined();
      expect(await changesOf(caller.organizacaoId)).toBe(before + 1);
      expect(JSON.stringify(await keysOf(chave))).not.toContain(typed);
    });

    it('tells which fields changed, and no value that was typed', async () => {
      const { caller, args } = await prepare(mutation);
      const { errors } = await world.ask(mutation, { caller, args, chave: null });
      expect(errors).toBeUndefined();
      const told = await toldOf(caller.organizacaoId);
      expect(told.length).toBeGreaterThan(0);
      const texts = new Set(textsIn(told));
      expect(textsIn(args).filter((text) => texts.has(text))).toEqual([]);
      expect(JSON.stringify(told)).not.toContain(typed);
    });

    it('is refused alike again, and nothing typed is kept of it', async () => {
      const { caller, args, chave, recusados = withOtherIds(args) } = await prepare(mutation);
      if (recusados === null) return;
      const { errors } = await insist(mutation, { caller, args: recusados!, chave });
      expect(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT']).toContain(errors?.[0]?.extensions?.code);
      const kept = await keysOf(chave);
      expect(kept).toMatchObject([{ erro: { code: errors?.[0]?.extensions?.code } }]);
      expect(JSON.stringify(kept)).not.toContain(typed);
    });

    it('is a CONFLICT with other arguments', async () => {
      const { caller, args, chave, outros = withOtherIds(args) } = await prepare(mutation);
      if (Object.keys(args).length === 0) return;
      await world.ask(mutation, { caller, args, chave });
      const before = await world.contents();
      const { errors } = await world.ask(mutation, { caller, args: outros!, chave });
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'CONFLICT',
        motivo: 'CHAVE_DE_IDEMPOTENCIA_REUTILIZADA',
      });
      expect(await world.contents()).toEqual(before);
    });

    it('counts by the response path', async () => {
      const { caller, args, chave } = await prepare(mutation);
      const aliases = ['primeira', 'segunda', `longa${'x'.repeat(5_000)}`];
      const question = { caller, args, chave, aliases };
      const { errors } = await world.ask(mutation, question);
      const before = await world.contents();
      // The entity is answered as it is now, so an alias may show what a later one changed.
      expect((await world.ask(mutation, question)).errors).toEqual(errors);
      expect(await world.contents()).toEqual(before);
      const failed = errors ? aliases.indexOf(String(errors[0]?.path?.[0])) : aliases.length - 1;
      // What comes after a mutation that failed does not run.
      expect(await keysOf(chave)).toHaveLength(failed + 1);
    });

    it('is each person`s own, in each organization', async () => {
      const { caller, args, chave, ...others } = await prepare(mutation);
      const { colega = aCaller({ organizacaoId: caller.organizacaoId }) } = others;
      const { estranha = aCaller({ usuarioId: caller.usuarioId }) } = others;
      for (const somebody of [caller, colega, estranha]) {
        const { errors } = await world.ask(mutation, { caller: somebody, args, chave });
        expect(errors?.[0]?.extensions?.motivo).not.toBe('CHAVE_DE_IDEMPOTENCIA_REUTILIZADA');
      }
      const owners = (await keysOf(chave)).map((row) => `${row.organizacao_id} ${row.usuario_id}`);
      expect(owners.sort()).toEqual(
        [caller, colega, estranha].map((one) => `${one.organizacaoId} ${one.usuarioId}`).sort(),
      );
    });
  });
});
