import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Caller } from '../../platform/caller';
import { realEnvironment } from '../../platform/environment';
import { memoryLimits } from '../../platform/limits/testing/memory-limits';
import { inProcessSignals } from '../../platform/signals/testing/in-process-signals';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { aCaller, askingAs, granting } from '../../platform/testing/callers';
import { createLossyDatabase } from '../../platform/testing/lossy-database';
import { startSubgraph } from '../testing/start-subgraph';
import clientes from '.';

/** What the domain of people says when it is asked for a responsável. */
let usuarios: 'has them' | 'has nobody' | 'is down' = 'has them';
const links: SubgraphLinks = () => async () => {
  if (usuarios === 'is down') throw new Error('connection refused');
  return { data: { _entities: [usuarios === 'has them' ? { id: randomUUID() } : null] } };
};

let subgraph: Awaited<ReturnType<typeof startSubgraph>>;
let admin: Client;
beforeAll(async () => {
  subgraph = await startSubgraph(clientes, { links });
  admin = new Client(subgraph.database.adminUrl);
  await admin.connect();
});
beforeEach(() => {
  usuarios = 'has them';
});
afterAll(async () => {
  await admin.end();
  await subgraph.stop();
});

const criar = `mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id nome } }`;
const ana = { tipo: 'FISICA', nome: 'Ana' };
const deAlguem = { ...ana, responsavelId: randomUUID() };

/** Somebody of a new organization who repeats themselves. */
const insistente = (caller: Caller = aCaller()) => {
  const run = (query: string, variables: object, chaveIdempotencia: string | null) =>
    subgraph.execute(query, { ...variables }, askingAs(caller, { chaveIdempotencia }));
  const count = async (table: string) =>
    (await admin.query(`SELECT FROM ${table} WHERE organizacao_id = $1`, [caller.organizacaoId])).rowCount;
  return {
    caller,
    run,
    criar: (dados: object, chave: string | null = 'chave') => run(criar, { dados }, chave),
    apagar: (id: unknown) =>
      run(
        'mutation ($id: ID!) { excluirCliente(dados: { id: $id, definitivo: true }) { id } }',
        { id },
        null,
      ),
    criados: () => count('cliente'),
    kept: () => count('teia.idempotencia'),
    /** Lets the person's keys grow older. */
    wait: (interval: string) =>
      admin.query(
        'UPDATE teia.idempotencia SET criado_em = criado_em - $2::interval WHERE organizacao_id = $1',
        [caller.organizacaoId, interval],
      ),
  };
};

type Answer = Awaited<ReturnType<ReturnType<typeof insistente>['run']>>;
const idOf = ({ data }: Answer) => (data as { criarCliente: { id: string } }).criarCliente.id;
const refusalOf = ({ errors }: Answer) => errors?.[0]?.extensions;
const fifty = (ask: () => Promise<Answer>) => Promise.all(Array.from({ length: 50 }, ask));
const distinct = (answers: Answer[]) => [...new Set(answers.map((answer) => JSON.stringify(answer)))];

const reutilizada = { code: 'CONFLICT', motivo: 'CHAVE_DE_IDEMPOTENCIA_REUTILIZADA' };

describe('50 requests at once with one Idempotency-Key', () => {
  it('have one effect and one answer', async () => {
    const { criar, criados } = insistente();
    const answers = await fifty(() => criar(deAlguem));
    expect(distinct(answers)).toHaveLength(1);
    expect(answers[0]?.errors).toBeUndefined();
    expect(await criados()).toBe(1);
  });

  it('are refused with one answer', async () => {
    const { criar, criados } = insistente();
    const documento = '52998224725';
    await criar({ ...ana, documento }, null);
    const answers = await fifty(() => criar({ ...ana, documento }));
    expect(distinct(answers)).toHaveLength(1);
    expect(refusalOf(answers[0]!)).toMatchObject({ motivo: 'DOCUMENTO_JA_CADASTRADO' });
    expect(await criados()).toBe(1);
  });

  it('have one answer though the world changes between them', async () => {
    const { criar, criados } = insistente();
    const answers = await fifty(() => {
      usuarios = usuarios === 'has them' ? 'has nobody' : 'has them';
      return criar(deAlguem);
    });
    expect(distinct(answers)).toHaveLength(1);
    expect(await criados()).toBe(answers[0]?.errors ? 0 : 1);
  });

  it('have one effect again when the key is more than a day old', async () => {
    const { criar, criados, wait } = insistente();
    await criar(ana);
    await wait('24 hours');
    expect(distinct(await fifty(() => criar({ ...ana, nome: 'Bia' })))).toHaveLength(1);
    expect(await criados()).toBe(2);
  });
});

describe('a repeated request', () => {
  it.each(['has nobody', 'is down'] as const)('is answered though the other domain now %s', async (state) => {
    const { criar } = insistente();
    const first = await criar(deAlguem);
    usuarios = state;
    expect(await criar(deAlguem)).toEqual(first);
  });

  it('is refused as it was though it would now succeed', async () => {
    const { criar, apagar, criados } = insistente();
    usuarios = 'has nobody';
    const foreign = await criar(deAlguem, 'responsavel');
    expect(refusalOf(foreign)).toMatchObject({ code: 'NOT_FOUND' });
    usuarios = 'has them';
    expect(await criar(deAlguem, 'responsavel')).toEqual(foreign);

    const documento = '52998224725';
    const id = idOf(await criar({ ...ana, documento }, null));
    const taken = await criar({ ...ana, documento }, 'documento');
    expect(refusalOf(taken)).toMatchObject({ code: 'CONFLICT' });
    await apagar(id);
    expect(await criar({ ...ana, documento }, 'documento')).toEqual(taken);
    expect(await criados()).toBe(0);
    expect(refusalOf(await criar({ ...ana, documento }, 'outra'))).toBeUndefined();
  });

  it('is tried again after what passes: a domain that was down, a right that was missing', async () => {
    const { criar, criados, caller, kept } = insistente();
    usuarios = 'is down';
    expect(refusalOf(await criar(deAlguem))).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    usuarios = 'has them';
    const semDireito = insistente({ ...caller, permissoes: granting(['clientes:ler']) });
    expect(refusalOf(await semDireito.criar(deAlguem))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await kept()).toBe(0);
    const first = await criar(deAlguem);
    expect(first.errors).toBeUndefined();
    expect(await criar(deAlguem)).toEqual(first);
    expect(await criados()).toBe(1);
  });

  it('is refused to who has lost the right meanwhile', async () => {
    const { criar, caller } = insistente();
    await criar(ana);
    const semDireito = insistente({ ...caller, permissoes: granting(['clientes:ler']) });
    expect(refusalOf(await semDireito.criar(ana))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('may be put right under the same key after arguments that no rule allows', async () => {
    const { criar, kept } = insistente();
    for (const wrong of [{ nome: ' ' }, { nome: 'a\u0000' }, { documento: '11222333000181' }]) {
      expect(refusalOf(await criar({ ...ana, ...wrong }))).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    expect(await kept()).toBe(0);
    expect((await criar(ana)).errors).toBeUndefined();
  });

  it('says that what it made was erased, when it was', async () => {
    const { criar, apagar } = insistente();
    await apagar(idOf(await criar(ana)));
    expect(refusalOf(await criar(ana))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is the same however its values are written, and another when one differs', async () => {
    const { criar, run } = insistente();
    const first = await criar({ tipo: 'FISICA', nome: 'José', emails: ['ana@exemplo.com'] });
    expect(await criar({ emails: [' ANA@exemplo.com'], nome: 'José', tipo: 'FISICA' })).toEqual(first);
    const literal =
      'mutation { criarCliente(dados: { nome: "José", tipo: FISICA, emails: "ana@exemplo.com" }) { id nome } }';
    expect(await run(literal, {}, 'chave')).toEqual(first);
    for (const outro of [{ nome: 'Jose\u0301' }, { nome: 'José ' }, { documento: null }]) {
      const dados = { tipo: 'FISICA', nome: 'José', emails: ['ana@exemplo.com'], ...outro };
      expect(refusalOf(await criar(dados))).toMatchObject(reutilizada);
    }
  });

  it('is refused for another mutation under the same response path', async () => {
    const { criar, run } = insistente();
    const id = idOf(await criar(ana));
    const outra = 'mutation ($id: ID!) { criarCliente: reativarCliente(id: $id) { id } }';
    expect(refusalOf(await run(outra, { id }, 'chave'))).toMatchObject(reutilizada);
  });

  it('works with the longest key and with as much text as there may be', async () => {
    const { criar, run, kept } = insistente();
    const chave = '~'.repeat(255);
    const clienteId = idOf(await criar(ana, chave));
    const anotar = 'mutation ($dados: AdicionarNotaInput!) { adicionarNota(dados: $dados) { id texto } }';
    const dados = { clienteId, texto: '😀'.repeat(5_000) };
    const first = await run(anotar, { dados }, chave);
    expect(first.errors).toBeUndefined();
    expect(await run(anotar, { dados }, chave)).toEqual(first);
    expect(await kept()).toBe(2);
    const tooMuch = { clienteId, texto: 'x'.repeat(2_000_000) };
    expect(refusalOf(await run(anotar, { dados: tooMuch }, 'outra'))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('a key', () => {
  it('lives for 24 hours', async () => {
    const { criar, criados, wait } = insistente();
    const first = await criar(deAlguem);
    await wait('23 hours 59 minutes');
    expect(await criar(deAlguem)).toEqual(first);
    await wait('1 minute');
    expect(idOf(await criar(deAlguem))).not.toBe(idOf(first));
    expect(await criados()).toBe(2);
  });

  it('forgets its refusal, too, and then keeps what comes of it', async () => {
    const { criar, wait } = insistente();
    usuarios = 'has nobody';
    await criar(deAlguem);
    usuarios = 'has them';
    await wait('24 hours');
    const second = await criar(deAlguem);
    expect(second.errors).toBeUndefined();
    expect(await criar(deAlguem)).toEqual(second);
  });
});

describe('a request whose database connection was lost', () => {
  it.each([
    ['before', 'INSERT INTO teia.idempotencia'],
    ['after', 'INSERT INTO teia.idempotencia'],
    ['before', 'teia.outbox'],
    ['before', 'COMMIT'],
    ['after', 'COMMIT'],
  ] as const)('%s %s has one effect when it is repeated', async (when, statement) => {
    const lossy = await createLossyDatabase(subgraph.database.url);
    const running = await clientes.start({
      databaseUrl: lossy.url,
      links,
      environment: realEnvironment,
      signingKeysFile: '',
      firstAdministrator: { email: 'raiz@teste.dev', organizacao: 'Teste' },
      sendMail: async () => {},
      appUrl: 'https://app.exemplo.com',
      limits: memoryLimits(),
      signals: inProcessSignals(),
      announce: () => {},
    });
    const { caller, criados, criar: elsewhere } = insistente();
    const ask = () =>
      running.execute(
        { query: criar, variables: { dados: ana } },
        askingAs(caller, { chaveIdempotencia: 'chave' }),
      );
    lossy.lose({ statement, when });
    expect((await ask()).errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(lossy.isPending()).toBe(false);
    expect(await criados()).toBe(when === 'after' && statement === 'COMMIT' ? 1 : 0);
    const second = await ask();
    expect(second.errors).toBeUndefined();
    expect(await elsewhere(ana)).toEqual(second);
    expect(await criados()).toBe(1);
    await running.stop();
    await lossy.stop();
  });
});
