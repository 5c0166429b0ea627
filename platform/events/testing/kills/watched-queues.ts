import type { CloudEvent } from '../../cloud-event';
import type { EventQueues } from '../../event-queues';
import { report } from './report';
import { isHandled } from './settings';

/** Queues that report what goes in and out. */
export const watchedQueues = (queues: EventQueues): EventQueues => {
  const telling = async (events: readonly CloudEvent[], publishing: () => Promise<void>): Promise<void> => {
    const ids = events.map(({ id }) => id);
    report('publish+', ...ids);
    await publishing();
    report('publish-', ...ids);
  };
  return {
    ...queues,
    publish: (destino, events) => telling(events, () => queues.publish(destino, events)),
    republish: (destino, event) => telling([event], () => queues.republish(destino, event)),
    consume: (destino, handle) =>
      queues.consume(destino, async (delivery) => {
        const { id, type } = delivery.event;
        report('delivery+', id, delivery.attempt, isHandled(type));
        await handle(delivery).catch((error) => {
          report('delivery-', id, 'failed');
          throw error;
        });
        report('delivery-', id, 'ok');
      }),
  };
};
