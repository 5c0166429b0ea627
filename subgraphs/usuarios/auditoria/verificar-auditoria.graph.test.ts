import { randomUUID } from 'node:crypto';
import { readCatalogue, type Table } from '../../testing/isolation/catalogue';
import { startAuditoria, umRegistro } from '../testing/auditar';
import { conferirTrilha } from './conferir-trilha';

let auditoria: Awaited<ReturnType<typeof startAuditoria>>;
let tables: Table[];
beforeAll(async () => {
  auditoria = await startAuditoria();
  tables = await readCatalogue(auditoria.admin);
});
afterAll(() => auditoria.stop());
afterEach(() => expect(auditoria.errors).toEqual([]));

const columnsOf = (table: string) => tables.find(({ name }) => name === `public.${table}`)!.columns;

/** For a column of each type, another value than the one it has. */
const anotherValue: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'uuidv7()',
  bigint: (column) => `${column} + 1000`,
  integer: (column) => `${column} + 1000`,
  text: (column) => `${column} || ' '`,
  'text[]': (column) => `array_append(${column}, '')`,
  inet: (column) => `set_masklen(${column}, 24)`,
  'timestamp with time zone': (column) => `${column} + interval '1 ms'`,
  bytea: (column) => `set_byte(${column}, 0, (get_byte(${column}, 0) + 1) % 256)`,
  'bytea[]': (column) => `array_append(trim_array(${column}, 1), '\\x00'::bytea)`,
};

const tamper = async (table: string, assignment: string, organizacaoId: string, numero: number) => {
  const { rowCount } = await auditoria.admin.query(
    `UPDATE ${table} SET ${assignment} WHERE organizacao_id = $1 AND numero = $2`,
    [organizacaoId, numero],
  );
  expect(rowCount).toBe(1);
};

const apagar = (table: string, organizacaoId: string, condition: string) =>
  auditoria.admin.query(`DELETE FROM ${table} WHERE organizacao_id = $1 AND ${condition}`, [organizacaoId]);

const problemasDe = async (...parameters: Parameters<typeof auditoria.verificar>) =>
  (await auditoria.verificar(...parameters)).problemas.map(
    ({ tipo, numero, ateNumero }) => `${tipo} ${numero}${ateNumero === numero ? '' : `-${ateNumero}`}`,
  );

const guardadoDe = async (organizacaoId: string) => {
  const { numero, hash } = (await auditoria.verificar(organizacaoId)).ultimoSelo!;
  return { numero, hash };
};

describe('a trail that is whole', () => {
  it('is said to be, with how much of it is sealed', async () => {
    const organizacaoId = await auditoria.trilha(3, 2);
    for (let n = 0; n < 4; n++) await auditoria.guardar(umRegistro(organizacaoId));
    expect(await auditoria.verificar(organizacaoId)).toEqual({
      integra: true,
      registros: 9,
      selos: 2,
      naoSelados: 4,
      ultimoSelo: {
        numero: 2,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        ultimoNumero: 5,
        seladoEm: expect.any(Date),
      },
      problemas: [],
      proximoNumero: null,
    });
  });

  it('is whole from any record on, beyond the end, and when there is nothing', async () => {
    const organizacaoId = await auditoria.trilha(3, 2, 1);
    for (const [desdeNumero, registros] of [
      [1, 6],
      [2, 5],
      [4, 3],
      [5, 2],
      [6, 1],
      [7, 0],
      [2 ** 31 - 1, 0],
    ] as const) {
      expect(await auditoria.verificar(organizacaoId, { desdeNumero })).toMatchObject({
        integra: true,
        registros,
        proximoNumero: null,
      });
    }
    expect(await auditoria.verificar(randomUUID())).toMatchObject({ integra: true, ultimoSelo: null });
  });

  it('is whole against each seal that was kept, and nothing of others', async () => {
    const organizacaoId = await auditoria.trilha(2);
    const seloConhecido = await guardadoDe(organizacaoId);
    await auditoria.guardar(umRegistro(organizacaoId));
    await auditoria.selar();
    expect(await problemasDe(organizacaoId, { seloConhecido })).toEqual([]);
    expect(await problemasDe(randomUUID(), { seloConhecido })).toEqual(['SELO_AUSENTE 1']);
  });

  it('holds odd texts', async () => {
    const organizacaoId = randomUUID();
    const estranhos = ['\u2028"\\', '🦊', 'João\n', '{"a":1}', ''];
    for (const texto of estranhos) {
      await auditoria.guardar(
        umRegistro(organizacaoId, { userAgent: texto, campos: [texto, 'a,b'], ip: '2001:db8::1' }),
      );
    }
    await auditoria.selar();
    expect(await problemasDe(organizacaoId)).toEqual([]);
  });

  it('can be looked at a part at a time', async () => {
    const organizacaoId = await auditoria.trilha(4, 3, 5);
    const lidos: [number, number][] = [];
    let desde: bigint | null = 1n;
    while (desde !== null) {
      const { registros, problemas, proximo, selos } = await auditoria.noEscopo(organizacaoId, (trilha) =>
        conferirTrilha(trilha, { desde: desde!, fim: 12n, ultimoSelo: 3, limite: 4 }),
      );
      expect(problemas).toEqual([]);
      lidos.push([registros, selos]);
      desde = proximo;
    }
    expect(lidos).toEqual([
      [4, 1],
      [8, 2],
    ]);
  });
});

describe('a record that is not as it was', () => {
  const found = async (assignment: string): Promise<string[]> => {
    const organizacaoId = await auditoria.trilha(3, 3);
    await tamper('auditoria', assignment, organizacaoId, 2);
    return problemasDe(organizacaoId);
  };

  it('is found and named, whichever column was changed', async () => {
    for (const { name, type } of columnsOf('auditoria')) {
      const problemas = await found(`${name} = ${anotherValue[type]!(name)}`);
      const moved = name === 'numero' || name === 'organizacao_id';
      expect({ name, problemas }).toMatchObject({
        problemas: expect.arrayContaining([moved ? 'AUSENTE 2' : 'ALTERADO 2']),
      });
      if (name !== 'numero') expect(problemas).toHaveLength(1);
    }
  });

  it('is found when something was taken out of it', async () => {
    for (const { name } of columnsOf('auditoria').filter(({ nullable }) => nullable)) {
      expect({ name, problemas: await found(`${name} = NULL`) }).toEqual({ name, problemas: ['ALTERADO 2'] });
    }
  });

  it.each([
    "campos = '{}'",
    "campos = '{nome,NULL}'",
    'campos = \'{"nome,emails"}\'',
    "campos = '{{nome},{emails}}'",
    "em = 'infinity'",
    "em = em - interval '4000 years'",
    "user_agent = ''",
    "ip = '192.0.2.7/31'",
  ])('is found: %s', async (assignment) => {
    expect(await found(assignment)).toEqual(['ALTERADO 2']);
  });

  it('is found when it was exchanged for another, or cut across two', async () => {
    const organizacaoId = await auditoria.trilha(4);
    await tamper('auditoria', 'numero = 99', organizacaoId, 2);
    await tamper('auditoria', 'numero = 2', organizacaoId, 3);
    await tamper('auditoria', 'numero = 3', organizacaoId, 99);
    expect(await problemasDe(organizacaoId)).toEqual(['ALTERADO 2-3']);
  });

  it('is found from any record before it on, and not after', async () => {
    const organizacaoId = await auditoria.trilha(3, 3);
    await tamper('auditoria', "acao = 'x'", organizacaoId, 5);
    for (const desdeNumero of [1, 3, 4, 5]) {
      expect(await problemasDe(organizacaoId, { desdeNumero })).toEqual(['ALTERADO 5']);
    }
    expect(await problemasDe(organizacaoId, { desdeNumero: 6 })).toEqual([]);
  });

  it('is one problem with its neighbours, however many they are', async () => {
    const organizacaoId = await auditoria.trilha(5, 5);
    await auditoria.admin.query("UPDATE auditoria SET acao = 'x' WHERE organizacao_id = $1", [organizacaoId]);
    expect(await problemasDe(organizacaoId)).toEqual(['ALTERADO 1-10']);
  });
});

describe('a record that is missing', () => {
  it.each([
    ['numero = 1', ['AUSENTE 1']],
    ['numero BETWEEN 2 AND 5', ['AUSENTE 2-5']],
    ['numero = 6', ['AUSENTE 6']],
    ['numero = 8', ['AUSENTE 8']],
    ['numero >= 7', ['AUSENTE 7-8']],
    ['true', ['AUSENTE 1-8']],
  ])('is found: %s', async (condition, problemas) => {
    const organizacaoId = await auditoria.trilha(3, 3);
    for (let n = 0; n < 2; n++) await auditoria.guardar(umRegistro(organizacaoId));
    await apagar('auditoria', organizacaoId, condition);
    expect(await problemasDe(organizacaoId)).toEqual(problemas);
  });

  it('is found still when what came after it was sealed', async () => {
    const organizacaoId = await auditoria.trilha(2);
    for (let n = 0; n < 3; n++) await auditoria.guardar(umRegistro(organizacaoId));
    await apagar('auditoria', organizacaoId, 'numero = 4');
    await auditoria.selar();
    await tamper('auditoria', "acao = 'x'", organizacaoId, 5);
    expect(await problemasDe(organizacaoId)).toEqual(['AUSENTE 4', 'ALTERADO 5']);
  });

  it('is found at the end by the seals, by the trail, and by a seal that was kept', async () => {
    const organizacaoId = await auditoria.trilha(3, 3, 3);
    const seloConhecido = await guardadoDe(organizacaoId);
    await apagar('auditoria', organizacaoId, 'numero > 6');
    await auditoria.admin.query('UPDATE trilha SET ultimo_numero = 6 WHERE organizacao_id = $1', [
      organizacaoId,
    ]);
    expect(await problemasDe(organizacaoId)).toEqual(['AUSENTE 7-9']);
    await apagar('selo_auditoria', organizacaoId, 'numero = 3');
    expect(await problemasDe(organizacaoId)).toEqual([]);
    expect(await problemasDe(organizacaoId, { seloConhecido })).toEqual(['SELO_AUSENTE 3']);
    for (let n = 0; n < 3; n++) await auditoria.guardar(umRegistro(organizacaoId));
    await auditoria.selar();
    expect(await problemasDe(organizacaoId, { seloConhecido })).toEqual(['SELO_ALTERADO 3']);
  });

  it('does not hide behind absurd numbers', async () => {
    const organizacaoId = await auditoria.trilha(2);
    await auditoria.admin.query('UPDATE trilha SET ultimo_numero = 2 ^ 62 WHERE organizacao_id = $1', [
      organizacaoId,
    ]);
    expect(await auditoria.verificar(organizacaoId)).toMatchObject({
      problemas: [{ tipo: 'AUSENTE', numero: 3, ateNumero: 2 ** 31 - 1 }],
      proximoNumero: null,
    });
    await auditoria.admin.query('UPDATE trilha SET ultimo_numero = 0 WHERE organizacao_id = $1', [
      organizacaoId,
    ]);
    expect(await problemasDe(organizacaoId)).toEqual(['TRILHA_ALTERADA 0']);
  });
});

describe('a seal that is not as it was', () => {
  it('is found and named, whichever column was changed, and hides no altered record', async () => {
    for (const { name, type } of columnsOf('selo_auditoria')) {
      const organizacaoId = await auditoria.trilha(3, 3, 3);
      await tamper('selo_auditoria', `${name} = ${anotherValue[type]!(name)}`, organizacaoId, 2);
      const problemas = await problemasDe(organizacaoId);
      const moved = name === 'numero' || name === 'organizacao_id';
      expect({ name, problemas }).toMatchObject({
        problemas: expect.arrayContaining([moved ? 'SELO_AUSENTE 2' : 'SELO_ALTERADO 2']),
      });
      await tamper('auditoria', "acao = 'x'", organizacaoId, 8);
      expect(await problemasDe(organizacaoId)).toContain('ALTERADO 8');
    }
  });

  it('is found when it was made again to fit an altered record, but for those after it', async () => {
    const organizacaoId = await auditoria.trilha(2, 2, 2);
    const seloConhecido = await guardadoDe(organizacaoId);
    await tamper('auditoria', "acao = 'x'", organizacaoId, 4);
    await apagar('selo_auditoria', organizacaoId, 'numero > 1');
    await auditoria.selar();
    expect(await problemasDe(organizacaoId)).toEqual([]);
    expect(await problemasDe(organizacaoId, { seloConhecido })).toEqual(['SELO_AUSENTE 3']);
    const { rows } = await auditoria.admin.query(
      'SELECT numero FROM selo_auditoria WHERE organizacao_id = $1 ORDER BY numero',
      [organizacaoId],
    );
    expect(rows).toEqual([{ numero: 1 }, { numero: 2 }]);
  });

  it.each([
    ['numero = 1', ['SELO_AUSENTE 1']],
    ['numero = 2', ['SELO_AUSENTE 2']],
    ['numero IN (2, 3)', ['SELO_AUSENTE 2-3']],
    ['numero < 4', ['SELO_AUSENTE 1-3']],
  ])('is missed: %s', async (condition, problemas) => {
    const organizacaoId = await auditoria.trilha(2, 2, 2, 2);
    await apagar('selo_auditoria', organizacaoId, condition);
    expect(await problemasDe(organizacaoId)).toEqual(problemas);
  });

  it('is found when it changed places with another', async () => {
    const organizacaoId = await auditoria.trilha(2, 2, 2);
    await tamper('selo_auditoria', 'numero = 99', organizacaoId, 1);
    await tamper('selo_auditoria', 'numero = 1', organizacaoId, 2);
    await tamper('selo_auditoria', 'numero = 2', organizacaoId, 99);
    expect(await problemasDe(organizacaoId)).toEqual(['SELO_ALTERADO 1-3']);
  });

  it('is one of the own organization, and nobody else`s', async () => {
    const [uma, outra] = [await auditoria.trilha(2), await auditoria.trilha(2)];
    await apagar('selo_auditoria', uma, 'true');
    await auditoria.admin.query('UPDATE selo_auditoria SET organizacao_id = $1 WHERE organizacao_id = $2', [
      uma,
      outra,
    ]);
    expect(await problemasDe(uma)).toEqual(['SELO_ALTERADO 1', 'ALTERADO 1-2']);
  });
});
