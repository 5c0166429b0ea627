import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { realEnvironment } from '../../../platform/environment';
import { until } from '../../../platform/testing/until';
import { startAuditoria, umRegistro } from '../testing/auditar';
import { iniciarSelagem } from './iniciar-selagem';
import { createSelagemRepository } from './selagem.repository';

let auditoria: Awaited<ReturnType<typeof startAuditoria>>;
beforeAll(async () => {
  auditoria = await startAuditoria();
});
afterAll(() => auditoria.stop());

const selos = (organizacaoId: string) =>
  auditoria.rows(
    `SELECT numero, primeiro_numero::int AS de, ultimo_numero::int AS ate, cardinality(resumos) AS resumos
     FROM selo_auditoria WHERE organizacao_id = $1 ORDER BY numero`,
    [organizacaoId],
  );

/** So many records at once, as they would be after as many events. */
const plantar = (organizacaoId: string, total: number) =>
  auditoria.admin.query(
    `WITH registros AS (
       INSERT INTO auditoria (organizacao_id, numero, id, dominio, acao, entidade, entidade_id, campos, request_id, em)
       SELECT $1, n, uuidv7(), 'clientes', 'cliente.editar', 'Cliente', uuidv7(), '{nome}', 'r', now()
       FROM generate_series(1, $2::int) n
     ) INSERT INTO trilha VALUES ($1, $2::int)`,
    [organizacaoId, total],
  );

test('seals what is new, a thousand records at a time, and nothing twice', async () => {
  const organizacaoId = randomUUID();
  await plantar(organizacaoId, 2_300);
  await auditoria.selar();
  const esperados = [
    { numero: 1, de: 1, ate: 1_000, resumos: 1_000 },
    { numero: 2, de: 1_001, ate: 2_000, resumos: 1_000 },
    { numero: 3, de: 2_001, ate: 2_300, resumos: 300 },
  ];
  expect(await selos(organizacaoId)).toEqual(esperados);
  await auditoria.selar();
  expect(await selos(organizacaoId)).toEqual(esperados);
  expect(await auditoria.verificar(organizacaoId)).toMatchObject({
    integra: true,
    registros: 2_300,
    selos: 3,
  });
});

test('several processes at once make one chain', async () => {
  const organizacoes = [randomUUID(), randomUUID(), randomUUID()];
  for (const organizacaoId of organizacoes) await plantar(organizacaoId, 1_500);
  await Promise.all([auditoria.selar(), auditoria.selar(), auditoria.selar(), auditoria.selar()]);
  await auditoria.selar();
  for (const organizacaoId of organizacoes) {
    expect(await selos(organizacaoId)).toMatchObject([
      { numero: 1, de: 1, ate: 1_000 },
      { numero: 2, de: 1_001, ate: 1_500 },
    ]);
    expect(await auditoria.verificar(organizacaoId)).toMatchObject({ integra: true, naoSelados: 0 });
  }
});

test('records that are added meanwhile wait for the next seal', async () => {
  const organizacaoId = randomUUID();
  const escrever = async () => {
    for (let n = 0; n < 60; n++) await auditoria.guardar(umRegistro(organizacaoId));
  };
  let escrevendo = true;
  const selar = async () => {
    while (escrevendo) await auditoria.selar();
  };
  const selando = [selar(), selar()];
  await escrever();
  escrevendo = false;
  await Promise.all(selando);
  await auditoria.selar();
  expect(await auditoria.verificar(organizacaoId)).toMatchObject({
    integra: true,
    registros: 60,
    naoSelados: 0,
  });
});

test('what lies beyond the last number given is not sealed, and keeps nothing else from being', async () => {
  const organizacaoId = randomUUID();
  await plantar(organizacaoId, 2);
  await auditoria.admin.query(
    'UPDATE auditoria SET numero = 9223372036854775807 WHERE organizacao_id = $1 AND numero = 2',
    [organizacaoId],
  );
  await auditoria.selar();
  await auditoria.guardar(umRegistro(organizacaoId));
  await auditoria.admin.query('UPDATE auditoria SET numero = 2 WHERE organizacao_id = $1 AND numero = 3', [
    organizacaoId,
  ]);
  await auditoria.selar();
  expect(await selos(organizacaoId)).toMatchObject([
    { de: 1, ate: 1 },
    { de: 2, ate: 2 },
  ]);
});

test('it stops when it is told to', async () => {
  const organizacaoId = randomUUID();
  await plantar(organizacaoId, 10);
  await auditoria.selar(AbortSignal.abort());
  expect(await selos(organizacaoId)).toEqual([]);
});

test('it begins with the process, and ends with it', async () => {
  const organizacaoId = randomUUID();
  await plantar(organizacaoId, 2);
  const { stop } = iniciarSelagem({
    selagem: createSelagemRepository(auditoria.prisma),
    trilhaDe: auditoria.trilhaDe,
    environment: realEnvironment,
  });
  await until(async () => (await selos(organizacaoId)).length === 1);
  await stop();
});

describe('the roles', () => {
  const organizacaoId = randomUUID();
  let client: Client;
  beforeAll(async () => {
    await plantar(organizacaoId, 3);
    await auditoria.selar();
    client = new Client(auditoria.database.url);
    await client.connect();
  });
  afterAll(() => client.end());

  const as = async (role: string, sql: string): Promise<unknown> => {
    await client.query('BEGIN');
    await client.query(`SET LOCAL ROLE ${role}`);
    await client.query("SELECT set_config('teia.organizacao', $1, true)", [organizacaoId]);
    const outcome = await client.query(sql).then(
      ({ rowCount }) => rowCount,
      ({ code }) => code,
    );
    await client.query('ROLLBACK');
    return outcome;
  };

  it.each([
    ['teia_aplicacao', "UPDATE auditoria SET acao = 'x'"],
    ['teia_aplicacao', 'DELETE FROM auditoria'],
    ['teia_aplicacao', 'TRUNCATE auditoria'],
    ['teia_aplicacao', 'DELETE FROM trilha'],
    ['teia_aplicacao', 'UPDATE trilha SET ultimo_numero = 0'],
    ['teia_aplicacao', 'INSERT INTO trilha VALUES (uuidv7(), 5)'],
    ['teia_aplicacao', 'UPDATE selo_auditoria SET numero = 9'],
    ['teia_aplicacao', 'DELETE FROM selo_auditoria'],
    [
      'teia_aplicacao',
      "INSERT INTO selo_auditoria VALUES (teia.organizacao_atual(), 9, 1, 1, '{}', now(), '')",
    ],
    ['teia_auditoria', "UPDATE auditoria SET acao = 'x'"],
    ['teia_auditoria', 'DELETE FROM auditoria'],
    ['teia_auditoria', 'UPDATE trilha SET ultimo_numero = 0'],
    ['teia_auditoria', 'UPDATE selo_auditoria SET numero = 9'],
    ['teia_auditoria', 'DELETE FROM selo_auditoria'],
    ['teia_auditoria', 'SELECT FROM membro'],
    ['teia_auditoria', 'SELECT FROM teia.outbox'],
    ['teia_identidade', 'SELECT FROM auditoria'],
    ['teia_eventos', 'SELECT FROM auditoria'],
    ['teia_limpeza', 'DELETE FROM auditoria'],
  ])('%s may not: %s', async (role, sql) => {
    expect(await as(role, sql)).toBe('42501');
  });

  it('let the application give no record a number of its choice, nor another organization one', async () => {
    const insert = (whose: string, numero: string) => `INSERT INTO auditoria
      (organizacao_id, numero, id, dominio, acao, entidade, entidade_id, campos, request_id, em)
      VALUES (${whose}, ${numero}, uuidv7(), 'clientes', 'x', 'X', uuidv7(), '{}', 'r', now()) RETURNING numero`;
    const own = insert('teia.organizacao_atual()', '9223372036854775807');
    await client.query('BEGIN');
    await client.query('SET LOCAL ROLE teia_aplicacao');
    await client.query("SELECT set_config('teia.organizacao', $1, true)", [organizacaoId]);
    expect((await client.query(own)).rows).toEqual([{ numero: '4' }]);
    expect((await client.query(own)).rows).toEqual([{ numero: '5' }]);
    await client.query('COMMIT');
    expect(await as('teia_aplicacao', insert('uuidv7()', '1'))).toBe('42501');
    await auditoria.selar();
    expect(await auditoria.verificar(organizacaoId)).toMatchObject({
      integra: true,
      registros: 5,
      naoSelados: 0,
    });
  });

  it('let the application see its own records and seals', async () => {
    expect(await as('teia_aplicacao', 'SELECT FROM auditoria')).toBe(5);
    expect(await as('teia_aplicacao', 'SELECT FROM selo_auditoria')).toBe(2);
    expect(await as('teia_auditoria', 'SELECT FROM auditoria')).toBeGreaterThan(3);
  });
});
