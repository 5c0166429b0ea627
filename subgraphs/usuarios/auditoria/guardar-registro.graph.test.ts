import { randomUUID } from 'node:crypto';
import type { CloudEvent } from '../../../platform/events/cloud-event';
import { startAuditoria, umRegistro } from '../testing/auditar';

let auditoria: Awaited<ReturnType<typeof startAuditoria>>;
beforeAll(async () => {
  auditoria = await startAuditoria();
});
afterAll(() => auditoria.stop());

const registros = (organizacaoId: string) =>
  auditoria.rows('SELECT * FROM auditoria WHERE organizacao_id = $1 ORDER BY numero', [organizacaoId]);
const ultimoNumero = async (organizacaoId: string) =>
  Number(
    (await auditoria.rows('SELECT ultimo_numero FROM trilha WHERE organizacao_id = $1', [organizacaoId]))[0]
      .ultimo_numero,
  );
const ateO = (total: number) => Array.from({ length: total }, (_, i) => `${i + 1}`);

test('keeps who did what, when, from where and to which fields', async () => {
  const organizacaoId = randomUUID();
  const evento = umRegistro(organizacaoId, {}, 'vendas') as CloudEvent<'RegistroDeAuditoria'>;
  await auditoria.guardar(evento);
  const { data } = evento;
  expect(await registros(organizacaoId)).toEqual([
    {
      organizacao_id: organizacaoId,
      numero: '1',
      id: evento.id,
      dominio: 'vendas',
      usuario_id: data.usuarioId,
      sessao_id: data.sessaoId,
      acao: 'cliente.editar',
      entidade: 'Cliente',
      entidade_id: data.entidadeId,
      campos: ['nome', 'emails'],
      ip: '192.0.2.7',
      user_agent: 'Navegador/1.0',
      request_id: data.requestId,
      em: new Date(evento.time),
    },
  ]);
});

test.each([
  ['nobody, nowhere', { usuarioId: null, sessaoId: null, ip: null, userAgent: null, campos: [] }],
  ['an address that is none', { ip: 'fe80::1%eth0' }],
  ['odd texts', { userAgent: '\'"\\ \u2028 🦊 João', entidade: "x'; DROP TABLE auditoria; --" }],
])('keeps what was done by %s', async (_, given) => {
  const organizacaoId = randomUUID();
  await auditoria.guardar(umRegistro(organizacaoId, given));
  expect(await registros(organizacaoId)).toMatchObject([
    {
      numero: '1',
      ...('userAgent' in given && { user_agent: given.userAgent }),
      ...('ip' in given && { ip: null }),
    },
  ]);
});

test('numbers what comes at once without gap or repetition, each organization by itself', async () => {
  const [uma, outra] = [randomUUID(), randomUUID()];
  const eventos = Array.from({ length: 40 }, (_, i) => umRegistro(i % 2 === 0 ? uma : outra));
  await Promise.all(eventos.map(auditoria.guardar));
  for (const organizacaoId of [uma, outra]) {
    expect((await registros(organizacaoId)).map(({ numero }) => numero)).toEqual(ateO(20));
    expect(await ultimoNumero(organizacaoId)).toBe(20);
  }
});

test('however often and how many at once it is told, a record is kept once and leaves no gap', async () => {
  const organizacaoId = randomUUID();
  const eventos = Array.from({ length: 5 }, () => umRegistro(organizacaoId));
  await auditoria.guardar(eventos[0]!);
  const answers = await Promise.all([...eventos, ...eventos, ...eventos].map(auditoria.guardar));
  expect(answers).toHaveLength(15);
  await auditoria.guardar(umRegistro(organizacaoId));
  expect((await registros(organizacaoId)).map(({ numero }) => numero)).toEqual(ateO(6));
  expect(await ultimoNumero(organizacaoId)).toBe(6);
});

test('the same record of another organization is another', async () => {
  const [uma, outra] = [randomUUID(), randomUUID()];
  const evento = umRegistro(uma);
  await auditoria.guardar(evento);
  await auditoria.guardar({ ...evento, organizacaoid: outra });
  for (const organizacaoId of [uma, outra]) expect(await registros(organizacaoId)).toHaveLength(1);
});

test('it keeps no cursor of what has no order', async () => {
  const organizacaoId = randomUUID();
  await auditoria.guardar(umRegistro(organizacaoId));
  const sql = 'SELECT FROM teia.agregado_consumido WHERE organizacao_id = $1';
  expect(await auditoria.rows(sql, [organizacaoId])).toEqual([]);
});
