import { setTimeout as sleep } from 'node:timers/promises';
import type { Tracer } from '@opentelemetry/api';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { logSparingly } from '../log-sparingly';
import type { OnClose } from '../run-process';

/** Spans that wait to be sent: a second of much traffic, some 10 MB at most. What comes beyond is dropped. */
const queued = { maxQueueSize: 8_192, maxExportBatchSize: 1_024, scheduledDelayMillis: 1_000 };
/** How long a batch may take, and the end of the process waits for what is not sent yet, in milliseconds. */
const exportMs = 3_000;

type Options = {
  readonly url: string;
  /** What the process is called in traces. */
  readonly service: string;
  readonly onClose: OnClose;
};

/**
 * Sends spans by OTLP. Nothing waits for it: they are sent in the background, in batches, and dropped when nobody takes
 * them, which the log mentions now and then.
 */
export const startExport = ({ url, service, onClose }: Options): Tracer => {
  setGlobalErrorHandler(logSparingly('traces could not be sent'));
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportMs });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    // Whether a trace is recorded is decided before a span of it is made.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: exportMs, ...queued })],
    spanLimits: { attributeValueLengthLimit: 4_096 },
  });
  onClose(async () => {
    // What cannot be sent any more is lost, and no reason to end with a failure.
    const sent = provider.shutdown().catch(() => undefined);
    await Promise.race([sent, sleep(exportMs, undefined, { ref: false })]);
  });
  return provider.getTracer('teia');
};
