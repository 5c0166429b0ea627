import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../platform/config';
import { runInScope } from '../platform/db/scope';
import { ScopedPool } from '../platform/db/scoped-pool';
import { isUuid } from '../platform/uuid';
import { consumers } from '../subgraphs/consumers';
import { openDatabases } from './open-databases';

const usage = 'npm run events:dead [-- --reprocessar <id> | --todos]   (sem opções, lista os eventos mortos)';

type Dead = {
  readonly id: string;
  readonly organizacao_id: string | null;
  readonly tipo: string | null;
  readonly agregado: string | null;
  readonly criado_em: Date;
  readonly tentativas: number;
  readonly erro: string;
  readonly esperando: number;
};

const listDead = `
  SELECT id, organizacao_id, tipo, agregado_tipo || '/' || agregado_id AS agregado, criado_em, tentativas, erro, (
    SELECT count(*)::int FROM teia.evento_pendente p
    WHERE (p.organizacao_id, p.agregado_tipo, p.agregado_id) = (e.organizacao_id, e.agregado_tipo, e.agregado_id)
      AND p.sequencia > e.sequencia
  ) AS esperando
  FROM teia.evento_pendente e WHERE situacao = 'MORTO' ORDER BY criado_em, id`;

const askReplay = `
  UPDATE teia.evento_pendente SET situacao = 'REPROCESSAR'
  WHERE situacao = 'MORTO' AND ($1::uuid IS NULL OR id = $1)`;

const parse = () => {
  try {
    return parseArgs({ options: { reprocessar: { type: 'string' }, todos: { type: 'boolean' } } }).values;
  } catch {
    throw new ConfigError(`Uso: ${usage}`);
  }
};

const readArguments = () => {
  const { reprocessar, todos } = parse();
  const isValid = reprocessar === undefined || (!todos && isUuid(reprocessar));
  if (!isValid) throw new ConfigError(`Uso: ${usage}`);
  return { replay: todos === true || reprocessar !== undefined, id: reprocessar ?? null };
};

const show = (destino: string, { criado_em, ...dead }: Dead): void => {
  const what = `${dead.tipo ?? 'envelope ilegível'} de ${dead.agregado ?? 'ninguém'}`;
  console.log(
    `${destino}  ${dead.id}  ${what}\n` +
      `  organização ${dead.organizacao_id ?? 'desconhecida'}, desde ${criado_em.toISOString()}, ` +
      `${dead.tentativas} tentativa(s), ${dead.erro}; ${dead.esperando} evento(s) esperando`,
  );
};

/** @returns how many events it listed or asked to be replayed. */
const visit = async (url: string, destino: string, { replay, id }: ReturnType<typeof readArguments>) => {
  const pool = new ScopedPool({ connectionString: url, max: 1 });
  try {
    return await runInScope({ role: 'eventos' }, async () => {
      if (replay) return (await pool.query(askReplay, [id])).rowCount ?? 0;
      const { rows } = await pool.query<Dead>(listDead);
      for (const dead of rows) show(destino, dead);
      return rows.length;
    });
  } finally {
    await pool.end();
  }
};

const main = async () => {
  const given = readArguments();
  const databases = await openDatabases(readConfig(), Object.keys(consumers));
  let count = 0;
  try {
    for (const destino of Object.keys(consumers)) {
      count += await visit(databases.urlOf(destino), destino, given);
    }
  } finally {
    await databases.stop();
  }
  if (given.id && count === 0) throw new Error(`Nenhum evento morto tem o id ${given.id}.`);
  console.log(
    given.replay
      ? `${count} evento(s) a reprocessar: acontece em segundos, com o Teia no ar.`
      : `${count} evento(s) morto(s).`,
  );
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
