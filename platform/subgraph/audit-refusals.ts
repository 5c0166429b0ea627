import { LRUCache } from 'lru-cache';
import { createBackground, oneAfterTheOther } from '../background';
import type { Asking } from '../caller';
import { runInScope } from '../db/scope';
import type { RawSql } from '../db/unit-of-work';
import { writeRecords } from '../db/write-record';
import type { Environment } from '../environment';

type Dependencies = { readonly db: RawSql; readonly environment: Environment };

/** One session may ask for the same again and again. */
const onceInMs = 60_000;
const remembered = 10_000;

/**
 * Audits what Callers were refused, beside the answer: `acesso.recusar`, once a minute for a session and a field. When
 * there are too many, or no database, some of it is lost; no answer waits for it or fails by it.
 */
export const createRefusalAudit = ({ db, environment }: Dependencies) => {
  const background = createBackground('refusals were not audited');
  const auditedAt = new LRUCache<string, number>({ max: remembered });
  const inOrder = oneAfterTheOther();

  const isNew = (key: string, agora: Date): boolean => {
    if (agora.getTime() - (auditedAt.get(key) ?? Number.NEGATIVE_INFINITY) < onceInMs) return false;
    auditedAt.set(key, agora.getTime());
    return true;
  };

  /** The environment of this moment: when it is written, time has passed and ids have been given to others. */
  const now = (agora: Date, changes: readonly unknown[]): Environment => {
    const ids = changes.map(() => environment.novoId());
    return { ...environment, agora: () => agora, novoId: () => ids.shift()! };
  };

  return {
    /** @param fields as `refusedFields` names them. */
    refused: ({ caller, info }: Asking, fields: readonly string[]): void => {
      if (!caller) return;
      const { sessaoId, organizacaoId } = caller;
      const agora = environment.agora();
      const keyOf = (field: string) => `${sessaoId} ${field}`;
      const changes = fields
        .filter((field) => isNew(keyOf(field), agora))
        .map((entidade) => ({ acao: 'acesso.recusar', entidade, id: sessaoId, campos: [] }));
      if (changes.length === 0) return;
      // What was lost is to be audited when it comes again.
      const forget = () => {
        for (const { entidade } of changes) auditedAt.delete(keyOf(entidade));
      };
      const circumstances = { author: caller, info, environment: now(agora, changes) };
      const write = () =>
        runInScope({ role: 'inquilino', organizacaoId }, () => writeRecords(db, changes, circumstances));
      const isTaken = background.run(() => {
        const written = inOrder(write);
        written.catch(forget);
        return written;
      });
      if (!isTaken) forget();
    },
    settled: background.settled,
  };
};
