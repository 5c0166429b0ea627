import type { QueueStore } from '../../queue-engine';

/** What a process may be: one of the parts, or all of them in one. */
export type Role = 'producer' | 'relay' | 'consumer' | 'all';

export type Organization = { readonly id: string; readonly clientes: readonly string[] };

/** What a participant is told at its start, as JSON in its argument. */
export type ParticipantSettings = {
  readonly role: Role;
  readonly seed: number;
  readonly clientesUrl: string;
  readonly vendasUrl: string;
  readonly store: QueueStore;
  readonly organizations: readonly Organization[];
};

/** The consumer of this test, under the name that its queue has. */
export const destino = 'vendas';

/** Of the exclusion of a Cliente nobody takes notice; its place in the order has to be kept all the same. */
export const isHandled = (tipo: string): boolean => tipo !== 'ClienteExcluido';

/** Short, so that what a kill interrupted goes on soon. */
export const tuning = { tries: 4, firstRetryMs: 50, concurrency: 5, lockMs: 1_500, stalledCheckMs: 500 };
