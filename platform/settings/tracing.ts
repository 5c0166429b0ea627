import { z } from 'zod';

const endpoint = z
  .url({ protocol: /^https?$/, error: 'deve ser um endereço http(s)://' })
  .refine((url) => !new URL(url).username, {
    error: 'deve ser um endereço http(s):// sem usuário; credenciais vão em OTEL_EXPORTER_OTLP_HEADERS',
  });

const ratio = 'deve ser um número de 0 a 1';

/** Names and values of HTTP headers, the values percent-encoded where they are not plain. */
const headers = z.string().regex(/^\s*[\w-]+\s*=[!-+\--~]+\s*(,\s*[\w-]+\s*=[!-+\--~]+\s*)*$/, {
  error: 'deve ser uma lista como nome=valor,outro=valor',
});

/** Where traces go, and how many: OpenTelemetry's own settings, as far as they have a meaning here. */
export const tracingSettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint.optional(),
  /** Read by the exporter itself; here it is only checked. */
  OTEL_EXPORTER_OTLP_HEADERS: headers.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/protobuf', { error: 'só pode ser http/protobuf (em geral na porta 4318)' })
    .optional(),
  OTEL_SERVICE_NAME: z.string().trim().min(1, { error: 'não pode ficar em branco' }).optional(),
  OTEL_TRACES_SAMPLER: z
    .enum(
      [
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ],
      { error: 'deve ser always_on, always_off ou traceidratio, ou um destes depois de parentbased_' },
    )
    .default('traceidratio'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: ratio })
    .min(0, { error: ratio })
    .max(1, { error: ratio })
    .default(1),
};

const settings = z.object(tracingSettings);
export type TracingSettings = z.output<typeof settings>;
