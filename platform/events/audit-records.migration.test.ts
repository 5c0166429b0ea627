import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { migrateDown, migrateUp } from '../db/migrate';
import { readMigrations } from '../db/migration-files';
import { fromRoot } from '../project-root';
import { createTestDatabase } from '../testing/test-database';
import { type OutboxRow, toCloudEvent } from './envelope';
import { readEnvelope } from './read-envelope';

const migration = '20261122031000_auditoria';

describe.each(['clientes', 'usuarios'])('the audit records that %s kept in a table', (subgraph) => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let admin: Client;
  let steps: number;
  beforeAll(async () => {
    database = await createTestDatabase(subgraph);
    admin = new Client(database.adminUrl);
    await admin.connect();
    const names = (await readMigrations(fromRoot('prisma'), subgraph)).map(({ name }) => name);
    steps = names.length - names.indexOf(migration);
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  const down = () => migrateDown({ adminUrl: database.adminUrl, subgraph, steps });
  const up = () => migrateUp({ adminUrl: database.adminUrl, subgraph });
  const kept = async () => (await admin.query('SELECT * FROM teia.auditoria ORDER BY id')).rows;

  const plant = (given: {
    readonly usuarioId?: string;
    readonly ip?: string;
    readonly userAgent?: string;
    readonly requestId: string;
    readonly campos?: readonly string[];
  }) =>
    admin.query(
      `INSERT INTO teia.auditoria VALUES (uuidv7(), $1, $2, $2, 'cliente.editar', 'Cliente', $3, $4, $5, $6, $7,
         '2026-05-01T12:00:00.123Z')`,
      [
        randomUUID(),
        given.usuarioId ?? null,
        randomUUID(),
        given.campos ?? [],
        given.ip ?? null,
        given.userAgent ?? null,
        given.requestId,
      ],
    );

  it('leave it as events that can be read, and come back as they were', async () => {
    expect((await down()).at(-1)).toBe(migration);
    await plant({
      usuarioId: randomUUID(),
      ip: '192.0.2.1',
      userAgent: 'x',
      requestId: 'r',
      campos: ['nome'],
    });
    await plant({ requestId: 'sistema' });
    await plant({
      ip: '2001:db8::1',
      userAgent: '"\\ 🦊',
      requestId: 'y'.repeat(501),
      campos: ['a,b', '{}'],
    });
    const before = await kept();
    expect(before).toHaveLength(3);

    await up();
    const { rows } = await admin.query<OutboxRow>('SELECT * FROM teia.outbox ORDER BY id');
    const events = rows.map((row) => readEnvelope(toCloudEvent(subgraph, row)));
    expect(events).toMatchObject(
      before.map((row) => ({
        id: row.id,
        type: 'RegistroDeAuditoria',
        subject: `Auditoria/${row.id}`,
        sequence: '1',
        time: '2026-05-01T12:00:00.123Z',
        organizacaoid: row.organizacao_id,
        data: {
          acao: 'cliente.editar',
          entidade: 'Cliente',
          entidadeId: row.entidade_id,
          campos: row.campos,
          usuarioId: row.usuario_id,
          sessaoId: row.sessao_id,
          ip: row.ip,
          userAgent: row.user_agent,
          requestId: row.request_id,
        },
      })),
    );

    await down();
    expect(await kept()).toEqual(before);
    expect((await admin.query('SELECT FROM teia.outbox')).rows).toEqual([]);
    await up();
    expect((await admin.query('SELECT FROM teia.outbox')).rowCount).toBe(3);
  });
});
