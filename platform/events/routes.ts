import { aggregateOf, type EventName } from './catalogue';

/** Which domain wants which events of others. */
export type Consumers = Readonly<Record<string, readonly EventName[]>>;

/** The events of one kind of aggregate on their way to one domain. */
export type Route = { readonly destino: string; readonly agregadoTipo: string };

/**
 * The routes that these consumers need. Who wants any event of a kind of aggregate is sent all of them, so that
 * the numbers it sees have no gaps.
 */
export const routesOf = (consumers: Consumers): Route[] =>
  Object.entries(consumers).flatMap(([destino, events]) =>
    [...new Set(events.map((name) => aggregateOf[name]))].map((agregadoTipo) => ({ destino, agregadoTipo })),
  );
