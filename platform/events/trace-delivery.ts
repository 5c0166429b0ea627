import { runInSpan } from '../tracing/current-span';
import type { Tracing } from '../tracing/tracing';
import type { CloudEvent } from './cloud-event';
import { failureKind } from './failure-kind';

/** Handles an event as part of the trace of the request that led to it, when that is recorded. */
export const traceDelivery = async <Result>(
  tracing: Tracing | null | undefined,
  destino: string,
  { id, type, traceparent = '' }: CloudEvent,
  handle: () => Promise<Result>,
): Promise<Result> => {
  const attributes = {
    'messaging.system': 'bullmq',
    'messaging.operation.type': 'process',
    'messaging.destination.name': destino,
    'messaging.message.id': id,
    'teia.event.type': type,
  };
  const span = tracing?.within({ name: `process ${destino}`, kind: 'CONSUMER', attributes }, traceparent);
  if (!span) return handle();
  try {
    const result = await runInSpan(span, handle);
    span.end();
    return result;
  } catch (error) {
    span.end(failureKind(error));
    throw error;
  }
};
