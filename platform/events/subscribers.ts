import type { Transaction } from '../db/unit-of-work';
import type { Environment } from '../environment';
import type { EventName } from './catalogue';
import type { CloudEvent } from './cloud-event';

/** Where an event takes effect: one transaction of the consumer's database, in the scope of the event's organization. */
export type EventTransaction<Repositories> = Transaction<Repositories> & {
  readonly environment: Environment;
};

/**
 * What a domain does when others tell of a change, by the event's name. The effects commit together with the
 * note that the event was applied, so each takes place once; what throws is rolled back and tried again.
 */
export type Subscribers<Repositories> = {
  readonly [Name in EventName]?: (
    transaction: EventTransaction<Repositories>,
    event: CloudEvent<Name>,
  ) => Promise<void>;
};
