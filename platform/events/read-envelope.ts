import { z } from 'zod';
import { isStorable } from '../text';
import { isUuid } from '../uuid';
import { aggregateOf, type EventName } from './catalogue';
import type { CloudEvent } from './cloud-event';

const uuid = z.string().refine(isUuid);
const text = z.string().min(1).max(500).refine(isStorable);

const placeOf = (subject: string) => {
  const [tipo = '', id = '', ...rest] = subject.split('/');
  return { tipo, id, isPlace: /^\w+$/.test(tipo) && isUuid(id) && rest.length === 0 };
};

const envelope = z.object({
  specversion: z.literal('1.0'),
  id: uuid,
  source: text,
  type: text,
  subject: text.refine((subject) => placeOf(subject).isPlace),
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
  // Up to what fits in a bigint.
  sequence: z.string().regex(/^[1-9]\d{0,17}$/),
  sequencetype: z.literal('Integer'),
  organizacaoid: uuid,
  correlationid: text,
  causationid: text.optional(),
  traceparent: text.optional(),
});

/** Whether this build knows events of that name; those of a newer version it does not. */
export const isKnown = (type: string): type is EventName => Object.hasOwn(aggregateOf, type);

/** The kind and id of the aggregate in whose order an event stands. */
export const aggregateOfEvent = ({ subject }: Pick<CloudEvent, 'subject'>) => {
  const { tipo, id } = placeOf(subject);
  return { tipo, id };
};

/**
 * What came out of a queue, as an event whose `type` this build need not know; null when it is none, or stands in
 * the order of another kind of aggregate than events of its type do.
 */
export const readEnvelope = (received: unknown): CloudEvent | null => {
  if (!envelope.safeParse(received).success) return null;
  const event = received as CloudEvent;
  return !isKnown(event.type) || aggregateOf[event.type] === aggregateOfEvent(event).tipo ? event : null;
};
