import { type RequestInfo, withoutRequest } from '../caller';
import { type ChangeRecord, inOneTransaction, type RawSql, type Transactional } from '../db/unit-of-work';
import { writeRecords } from '../db/write-record';
import type { Environment } from '../environment';
import { takePlace } from './aggregate-cursor';
import type { CloudEvent } from './cloud-event';
import { keepPending, settle } from './pending-events';
import { isKnown } from './read-envelope';
import type { EventTransaction, Subscribers } from './subscribers';

/** Has something done when what the event led to is committed, and only then; a kill may come in between. */
export type AfterCommit = (effect: () => void) => void;

/** Where a domain's events take effect. */
export type EventDatabase<Tx extends RawSql, Repositories extends object> = {
  /** The domain's own, as a client whose statements run in the scope of the moment. */
  readonly db: RawSql & Transactional<Tx>;
  readonly repositories: (tx: Tx, organizacaoId: string, afterCommit: AfterCommit) => Repositories;
  readonly environment: Environment;
};

type Applied = {
  readonly outcome: 'applied' | 'repeated' | 'waiting';
  /** The next event of the aggregate, when it came earlier and waits for this one. */
  readonly waiting: CloudEvent | null;
};

/** The code of events that only a newer version can apply. */
const unknownType = 'TIPO_DESCONHECIDO';

/** The circumstances of a change that an event led to: those of the event, and no person's. */
const infoOf = ({ id, correlationid, traceparent }: CloudEvent): RequestInfo => ({
  ...withoutRequest(id),
  correlationId: correlationid,
  traceparent: traceparent ?? null,
});

const takeEffect = async <Tx extends RawSql, Repositories extends object>(
  tx: Tx,
  { repositories, environment }: EventDatabase<Tx, Repositories>,
  subscribers: Subscribers<Repositories>,
  event: CloudEvent,
  afterCommit: AfterCommit,
): Promise<void> => {
  // Whether it matters here is for the version to say that knows it: until then it must not count as applied.
  if (!isKnown(event.type)) throw Object.assign(new Error('unknown event type'), { code: unknownType });
  // That the handler of a name takes the event of that name is lost on the way through an index.
  const handle = subscribers[event.type] as
    | ((transaction: EventTransaction<Repositories>, event: CloudEvent) => Promise<void>)
    | undefined;
  const { organizacaoid: organizacaoId } = event;
  const changes: ChangeRecord[] = [];
  const record = (change: ChangeRecord) => changes.push(change);
  await handle?.({ ...repositories(tx, organizacaoId, afterCommit), record, environment }, event);
  const author = { organizacaoId, usuarioId: null, sessaoId: null };
  const info = infoOf(event);
  await writeRecords(tx, changes, { author, info, environment, causationId: event.id });
};

/**
 * Gives an event its effect, unless it had it already or an earlier one of its aggregate is missing: then it is
 * kept until that one comes. All in one transaction; a handler that throws leaves nothing behind.
 */
export const applyEvent = async <Tx extends RawSql, Repositories extends object>(
  database: EventDatabase<Tx, Repositories>,
  subscribers: Subscribers<Repositories>,
  event: CloudEvent,
): Promise<Applied> => {
  const effects: (() => void)[] = [];
  const applied = await database.db.$transaction<Applied>(async (tx) => {
    const place = await takePlace(tx, event);
    if (place === 'EARLY') {
      await keepPending(tx, event, { situacao: 'ESPERA', erro: null, agora: database.environment.agora() });
      return { outcome: 'waiting', waiting: null };
    }
    if (place === 'NEXT') {
      await takeEffect(tx, database, subscribers, event, (effect) => effects.push(effect));
    }
    return { outcome: place === 'NEXT' ? 'applied' : 'repeated', waiting: await settle(tx, event) };
  }, inOneTransaction);
  for (const effect of effects) effect();
  return applied;
};
