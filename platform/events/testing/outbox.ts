import { Client } from 'pg';
import { v7 } from 'uuid';

type Given = {
  readonly organizacaoId?: string;
  readonly agregadoTipo?: string;
  readonly agregadoId?: string;
  readonly sequencia?: number;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly criadoEm?: Date;
};

/** Runs something on a connection of its own. */
export const withClient = async <Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> => {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Writes an event to the outbox as a superuser does, and answers its id. */
export const writeEvent = async (admin: Client, given: Given = {}): Promise<string> => {
  const [id, agregadoId] = [v7(), given.agregadoId ?? v7()];
  await admin.query(
    `INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados, correlation_id,
       causation_id, traceparent, criado_em)
     VALUES ($1, $2, 'ClienteExcluido', $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      given.organizacaoId ?? v7(),
      given.agregadoTipo ?? 'Cliente',
      agregadoId,
      given.sequencia ?? 1,
      { clienteId: agregadoId, definitivo: false },
      given.correlationId ?? v7(),
      given.causationId ?? null,
      given.traceparent ?? null,
      given.criadoEm ?? new Date(),
    ],
  );
  return id;
};
