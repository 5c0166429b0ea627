import { setTimeout as sleep } from 'node:timers/promises';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Environment } from '../environment';
import { logSparingly } from '../log-sparingly';
import type { OnClose } from '../run-process';
import type { TracingSettings } from '../settings/tracing';
import { createTracing } from './create-tracing';
import type { Tracing } from './tracing';

/** Spans that wait to be sent: a second of much traffic, some 10 MB at most. What comes beyond is dropped. */
const queued = { maxQueueSize: 8_192, maxExportBatchSize: 1_024, scheduledDelayMillis: 1_000 };
/** How long a batch may take, and the end of the process waits for what is not sent yet, in milliseconds. */
const exportMs = 3_000;

const addressOf = ({
  OTEL_EXPORTER_OTLP_ENDPOINT: base,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: exact,
}: TracingSettings): string | undefined => exact ?? (base && `${base.replace(/\/+$/, '')}/v1/traces`);

type Options = {
  readonly config: TracingSettings;
  /** What the process is called in traces unless a setting says otherwise. */
  readonly service: string;
  readonly environment: Environment;
  readonly onClose: OnClose;
};

/**
 * Sends traces by OTLP to where the settings say; null when they do not. Nothing waits for it: spans are sent in the
 * background, in batches, and dropped when nobody takes them, which the log mentions now and then.
 */
export const openTracing = ({ config, service, environment, onClose }: Options): Tracing | null => {
  const url = addressOf(config);
  if (!url) return null;
  setGlobalErrorHandler(logSparingly('traces could not be sent'));
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportMs });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': config.OTEL_SERVICE_NAME ?? service }),
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
  return createTracing(provider.getTracer('teia'), config, environment);
};
