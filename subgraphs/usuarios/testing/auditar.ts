import { Client } from 'pg';
import { v7 } from 'uuid';
import { openDatabase } from '../../../platform/db/open-database';
import { runInScope } from '../../../platform/db/scope';
import { realEnvironment } from '../../../platform/environment';
import { applyEvent } from '../../../platform/events/apply-event';
import type { AuditRecord } from '../../../platform/events/catalogue';
import type { CloudEvent } from '../../../platform/events/cloud-event';
import { anEvent } from '../../../platform/events/testing/cloud-events';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { aCaller } from '../../../platform/testing/callers';
import { createTestDatabase } from '../../../platform/testing/test-database';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { auditoriaPolicy } from '../auditoria/auditoria.policy';
import { createAuditoriaRepository } from '../auditoria/auditoria.repository';
import { guardarRegistro } from '../auditoria/guardar-registro';
import { createSelagemRepository } from '../auditoria/selagem.repository';
import { selarAuditoria } from '../auditoria/selar-auditoria';
import { createSeloRepository } from '../auditoria/selo.repository';
import type { VerificarAuditoriaInput } from '../auditoria/verificacao.type';
import { verificarAuditoria } from '../auditoria/verificar-auditoria';

/** What a domain tells of a change, as its relay publishes it. */
export const umRegistro = (
  organizacaoId: string,
  given: Partial<AuditRecord> = {},
  dominio = 'clientes',
): CloudEvent => {
  const id = v7();
  const data: AuditRecord = {
    acao: 'cliente.editar',
    entidade: 'Cliente',
    entidadeId: v7(),
    campos: ['nome', 'emails'],
    usuarioId: v7(),
    sessaoId: v7(),
    ip: '192.0.2.7',
    userAgent: 'Navegador/1.0',
    requestId: v7(),
    ...given,
  };
  return anEvent({
    id,
    source: `/teia/${dominio}`,
    type: 'RegistroDeAuditoria',
    subject: `Auditoria/${id}`,
    data,
    sequence: '1',
    organizacaoid: organizacaoId,
  } as Partial<CloudEvent>);
};

/** The audit trails of a database of their own: what fills, seals and verifies them, and somebody who tampers with them. */
export const startAuditoria = async () => {
  const database = await createTestDatabase('usuarios');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  // Whoever tampers with a trail also gives its numbers.
  await admin.query('SET session_replication_role = replica');
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, database.url);
  const trilhaDe = (organizacaoId: string) => ({
    auditoria: createAuditoriaRepository(prisma, organizacaoId),
    selos: createSeloRepository(prisma, organizacaoId),
  });
  const events = {
    db: prisma,
    repositories: (tx: typeof prisma, organizacaoId: string) => ({
      auditoria: createAuditoriaRepository(tx, organizacaoId),
    }),
    environment: realEnvironment,
  };
  const errors: unknown[] = [];

  const guardar = (event: CloudEvent) =>
    runInScope({ role: 'inquilino', organizacaoId: event.organizacaoid }, () =>
      applyEvent(events as never, { RegistroDeAuditoria: guardarRegistro } as never, event),
    );
  const selar = (signal = new AbortController().signal) =>
    runInScope({ role: 'selagem' }, () =>
      selarAuditoria(
        {
          selagem: createSelagemRepository(prisma),
          trilhaDe,
          environment: realEnvironment,
          onError: (error) => errors.push(error),
        },
        signal,
      ),
    );

  return {
    database,
    admin,
    errors,
    prisma,
    trilhaDe,
    guardar,
    selar,
    /** So many records, sealed by so many at a time. */
    trilha: async (...trechos: readonly number[]): Promise<string> => {
      const organizacaoId = v7();
      for (const registros of trechos) {
        for (let n = 0; n < registros; n++) await guardar(umRegistro(organizacaoId));
        await selar();
      }
      return organizacaoId;
    },
    noEscopo: <Result>(
      organizacaoId: string,
      work: (trilha: ReturnType<typeof trilhaDe>) => Promise<Result>,
    ): Promise<Result> =>
      runInScope({ role: 'inquilino', organizacaoId }, () => work(trilhaDe(organizacaoId))),
    verificar: (organizacaoId: string, dados: Partial<VerificarAuditoriaInput> = {}) =>
      runInScope({ role: 'inquilino', organizacaoId }, () =>
        verificarAuditoria(
          {
            auditoriaPolicy: auditoriaPolicy(aCaller({ organizacaoId })),
            limits: memoryLimits(),
            ...trilhaDe(organizacaoId),
          },
          { desdeNumero: 1, ...dados },
        ),
      ),
    rows: async (sql: string, values: unknown[]) => (await admin.query(sql, values)).rows,
    stop: async () => {
      await stop();
      await admin.end();
      await database.drop();
    },
  };
};
