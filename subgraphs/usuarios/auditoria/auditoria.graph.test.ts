import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { aCaller, granting } from '../../../platform/testing/callers';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
beforeAll(async () => {
  usuarios = await startUsuarios();
  // Records are planted with the numbers that they are to have.
  await usuarios.admin.query('SET session_replication_role = replica');
});
afterAll(() => usuarios.stop());

type Registro = {
  readonly usuarioId?: string;
  readonly acao?: string;
  readonly entidade?: string;
  readonly entidadeId?: string;
  readonly minuto?: number;
};

/** Records as events would have brought them, the first given the first. */
const plantar = async ({ organizacaoId }: Caller, registros: readonly Registro[]): Promise<void> => {
  for (const [i, { usuarioId, acao, entidade, entidadeId, minuto = i }] of registros.entries()) {
    await usuarios.admin.query(
      `INSERT INTO auditoria (organizacao_id, numero, id, dominio, usuario_id, sessao_id, acao, entidade, entidade_id,
         campos, ip, user_agent, request_id, em)
       VALUES ($1, $2, uuidv7(), 'clientes', $3, uuidv7(), $4, $5, $6, '{nome,emails}', '192.0.2.7', 'Navegador', 'r-1', $7)`,
      [
        organizacaoId,
        i + 1,
        usuarioId,
        acao ?? 'cliente.editar',
        entidade ?? 'Cliente',
        entidadeId ?? randomUUID(),
        new Date(Date.UTC(2026, 0, 1, 0, minuto)),
      ],
    );
  }
};

const listar = `query ($first: Int, $after: String, $last: Int, $filtro: AuditoriaFiltro) {
  auditoria(first: $first, after: $after, last: $last, filtro: $filtro) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id numero em dominio acao entidade entidadeId campos sessaoId ip dispositivo requestId usuario { id nome } } }
  }
}`;

const lista = async (caller: Caller, variables = {}) =>
  (await usuarios.data(listar, variables, caller)).auditoria;
const numeros = async (caller: Caller, filtro: object): Promise<number[]> =>
  (await lista(caller, { filtro })).edges.map(({ node }: { node: { numero: number } }) => node.numero);

test('shows who did what, when and from where, newest first', async () => {
  const caller = await usuarios.registrado({ nome: 'Ana' });
  const entidadeId = randomUUID();
  await plantar(caller, [{ usuarioId: caller.usuarioId, entidadeId }, {}]);
  const { totalCount, edges } = await lista(caller);
  expect(totalCount).toBe(2);
  expect(edges.map(({ node }: { node: object }) => node)).toEqual([
    expect.objectContaining({ numero: 2, usuario: null }),
    {
      id: expect.any(String),
      numero: 1,
      em: '2026-01-01T00:00:00.000Z',
      dominio: 'clientes',
      acao: 'cliente.editar',
      entidade: 'Cliente',
      entidadeId,
      campos: ['nome', 'emails'],
      sessaoId: expect.any(String),
      ip: '192.0.2.7',
      dispositivo: 'Navegador',
      requestId: 'r-1',
      usuario: { id: caller.usuarioId, nome: 'Ana' },
    },
  ]);
});

test('names nobody to who may not see the people of the organization', async () => {
  const ana = await usuarios.registrado();
  await plantar(ana, [{ usuarioId: ana.usuarioId }]);
  const auditor = aCaller({ organizacaoId: ana.organizacaoId, permissoes: granting(['auditoria:ler']) });
  const { edges } = await lista(auditor);
  expect(edges).toMatchObject([{ node: { numero: 1, usuario: null } }]);
});

test('finds by person, action, kind, thing and time, and by all of them together', async () => {
  const caller = aCaller();
  const [usuarioId, entidadeId] = [randomUUID(), randomUUID()];
  await plantar(caller, [
    { usuarioId },
    { acao: 'cliente.criar' },
    { entidade: 'Nota' },
    { entidadeId },
    { usuarioId, acao: 'cliente.criar', entidade: 'Nota', entidadeId },
    {},
  ]);
  const em = (minuto: number) => new Date(Date.UTC(2026, 0, 1, 0, minuto)).toISOString();
  for (const [filtro, esperados] of [
    [{}, [6, 5, 4, 3, 2, 1]],
    [{ usuarioId }, [5, 1]],
    [{ acao: 'cliente.criar' }, [5, 2]],
    [{ acao: 'cliente' }, []],
    [{ entidade: 'Nota' }, [5, 3]],
    [{ entidadeId }, [5, 4]],
    [{ entidadeId: entidadeId.toUpperCase() }, [5, 4]],
    [{ desde: em(3) }, [6, 5, 4]],
    [{ ate: em(3) }, [3, 2, 1]],
    [{ desde: em(1), ate: em(5), acao: 'cliente.editar' }, [4, 3]],
    [{ usuarioId, acao: 'cliente.criar', entidade: 'Nota', entidadeId, desde: em(0), ate: em(9) }, [5]],
    [{ usuarioId: null, acao: null }, [6, 5, 4, 3, 2, 1]],
    [{ usuarioId: "' OR true --" }, []],
    [{ entidadeId: randomUUID() }, []],
  ] as const) {
    expect({ filtro, numeros: await numeros(caller, filtro) }).toEqual({ filtro, numeros: esperados });
  }
});

test('pages continue after their cursors, also between records of one instant', async () => {
  const caller = aCaller();
  await plantar(
    caller,
    [1, 1, 2, 3, 3, 3, 4].map((minuto) => ({ minuto })),
  );
  const found: string[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo } = await lista(caller, { first: 2, after });
    found.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  expect(new Set(found).size).toBe(7);
  const { edges } = await lista(caller, { last: 7 });
  expect(edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(found);
});

const verificar = `query ($dados: VerificarAuditoriaInput) {
  verificarAuditoria(dados: $dados) {
    integra registros selos naoSelados proximoNumero
    ultimoSelo { numero hash ultimoNumero seladoEm } problemas { tipo numero ateNumero }
  }
}`;

test('is verified through the graph', async () => {
  const caller = aCaller();
  await plantar(caller, [{}, {}, {}]);
  await usuarios.admin.query('INSERT INTO trilha VALUES ($1, 4)', [caller.organizacaoId]);
  expect((await usuarios.data(verificar, {}, caller)).verificarAuditoria).toMatchObject({
    integra: false,
    registros: 3,
    problemas: [{ tipo: 'AUSENTE', numero: 4, ateNumero: 4 }],
    proximoNumero: null,
  });
  const seloConhecido = { numero: 7, hash: 'AB'.repeat(32) };
  const { problemas } = (await usuarios.data(verificar, { dados: { seloConhecido } }, caller))
    .verificarAuditoria;
  expect(problemas[0]).toEqual({ tipo: 'SELO_AUSENTE', numero: 7, ateNumero: 7 });
});

test.each([
  [{ desdeNumero: 0 }, 'dados.desdeNumero'],
  [{ desdeNumero: -5 }, 'dados.desdeNumero'],
  [{ seloConhecido: { numero: 1, hash: 'ab' } }, 'dados.seloConhecido.hash'],
  [{ seloConhecido: { numero: 1, hash: 'g'.repeat(64) } }, 'dados.seloConhecido.hash'],
])('refuses %j, naming the field', async (dados, campo) => {
  const caller = aCaller();
  expect(await usuarios.refusal(verificar, { dados }, caller)).toMatchObject({
    code: 'BAD_USER_INPUT',
    campos: [{ campo }],
  });
});

test('is for those only who may read it', async () => {
  const caller = aCaller({ permissoes: granting(['usuarios:ler', 'eventos:administrar']) });
  for (const query of [listar, verificar]) {
    expect(await usuarios.refusal(query, {}, caller)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await usuarios.refusal(query, {}, null)).toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});

test('another organization has its own', async () => {
  const [uma, outra] = [aCaller(), aCaller()];
  await plantar(uma, [{}, {}]);
  expect(await lista(outra)).toMatchObject({ totalCount: 0, edges: [] });
  expect((await usuarios.data(verificar, {}, outra)).verificarAuditoria).toMatchObject({
    integra: true,
    registros: 0,
    ultimoSelo: null,
  });
});

test('is listed whatever number a record has', async () => {
  const caller = aCaller();
  await plantar(caller, [{}]);
  await usuarios.admin.query('UPDATE auditoria SET numero = 9223372036854775807 WHERE organizacao_id = $1', [
    caller.organizacaoId,
  ]);
  expect(await numeros(caller, {})).toEqual([2 ** 31 - 1]);
});

test('is verified ten times a minute for an organization', async () => {
  const caller = aCaller();
  for (let i = 0; i < 10; i++) expect(await usuarios.refusal(verificar, {}, caller)).toBeUndefined();
  expect(await usuarios.refusal(verificar, {}, caller)).toMatchObject({ code: 'RATE_LIMITED' });
  expect(await usuarios.refusal(verificar, {}, aCaller())).toBeUndefined();
});
