import type { Environment } from '../environment';
import type { OnClose } from '../run-process';
import type { TracingSettings } from '../settings/tracing';
import { createTracing } from './create-tracing';
import type { Tracing } from './tracing';

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

/** Sends traces by OTLP to where the settings say; null when they do not. */
export const openTracing = async ({
  config,
  service,
  environment,
  onClose,
}: Options): Promise<Tracing | null> => {
  const url = addressOf(config);
  if (!url) return null;
  // Loading it takes longer than anything else here, and more memory: only those who are told of traces pay for that.
  const { startExport } = await import('./start-export');
  const tracer = startExport({ url, service: config.OTEL_SERVICE_NAME ?? service, onClose });
  return createTracing(tracer, config, environment);
};
