import { v7 } from 'uuid';
import type { CloudEvent } from '../cloud-event';
import { anEvent } from './cloud-events';

/** Where events stand in an order: a Cliente of an organization. */
export type Place = { readonly organizacaoId: string; readonly clienteId: string };

/** One that nobody else knows. */
export const aPlace = (): Place => ({ organizacaoId: v7(), clienteId: v7() });

/** The event with the given number in the order of a place, except for what is given, which may be wrong. */
export const eventOf = (
  { organizacaoId, clienteId }: Place,
  sequence: number,
  given: Record<string, unknown> = {},
): CloudEvent =>
  anEvent({
    type: 'ClienteAtualizado',
    subject: `Cliente/${clienteId}`,
    data: { clienteId, campos: ['nome'] },
    sequence: String(sequence),
    organizacaoid: organizacaoId,
    ...given,
  });

export const events = (place: Place, count: number): CloudEvent[] =>
  Array.from({ length: count }, (_, index) => eventOf(place, index + 1));
