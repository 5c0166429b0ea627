import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { readConfig } from '../config';
import { realEnvironment } from '../environment';
import { overloaded } from '../errors';
import { log } from '../log';
import { aRequestInfo } from '../testing/callers';
import { freePort } from '../testing/free-port';
import { until } from '../testing/until';
import { createTracing } from './create-tracing';
import { openTracing } from './open-tracing';
import { startCollector } from './testing/collector';
import { traceLinks } from './traced-link';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const from = (flags: string) => `00-${traceId}-b7ad6b7169203331-${flags}`;
const start = { name: 'x', kind: 'SERVER' } as const;

/** Tracing as the settings say, and the names of all that was recorded. */
const recording = (settings: NodeJS.ProcessEnv = {}, environment = realEnvironment) => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracing = createTracing(provider.getTracer('teste'), readConfig(settings), environment);
  return { tracing, spans: () => exporter.getFinishedSpans() };
};

describe('which traces are recorded', () => {
  const sampler = (name: string, ratio?: number) =>
    recording({
      OTEL_TRACES_SAMPLER: name,
      OTEL_TRACES_SAMPLER_ARG: ratio === undefined ? '' : String(ratio),
    }).tracing;

  test.each<[string, number | undefined, boolean, boolean, boolean]>([
    // What a client says is heard only where the settings say so.
    ['', undefined, true, true, true],
    ['always_on', 0, true, true, true],
    ['always_off', undefined, false, false, false],
    ['traceidratio', 1, true, true, true],
    ['traceidratio', 0, false, false, false],
    ['parentbased_always_on', undefined, true, true, false],
    ['parentbased_always_off', undefined, false, true, false],
    ['parentbased_traceidratio', 0, false, true, false],
  ])('%s %s', (name, ratio, alone, asked, declined) => {
    const { atTheDoor } = sampler(name, ratio);
    expect({
      alone: atTheDoor(start, null) !== null,
      asked: atTheDoor(start, from('01')) !== null,
      declined: atTheDoor(start, from('00')) !== null,
    }).toEqual({ alone, asked, declined });
  });

  test('is a coin’s doing, and not that of an id which a client chooses', () => {
    const values = [0, 0.0999, 0.1001, 0.9];
    const aleatorio = jest.fn((bytes: number) => {
      const drawn = Buffer.alloc(bytes);
      drawn.writeUInt32BE(Math.floor(values[(aleatorio.mock.calls.length - 1) % values.length]! * 2 ** 32));
      return drawn;
    });
    const { tracing } = recording({ OTEL_TRACES_SAMPLER_ARG: '0.1' }, { ...realEnvironment, aleatorio });
    const decided = values.map(() => tracing.atTheDoor(start, from('01')) !== null);
    expect(decided).toEqual([true, true, false, false]);
  });

  test('is decided once: what comes after the door follows, whatever the settings', () => {
    const { within } = sampler('always_off');
    expect(within(start, from('01'))).not.toBeNull();
    expect([within(start, from('00')), within(start, null), within(start, 'x')]).toEqual([null, null, null]);
  });
});

describe('a link', () => {
  const asking = (traceparent: string) => ({ caller: null, info: aRequestInfo({ traceparent }) });

  test('passes its own span on, and ends it with what came of it', async () => {
    const { tracing, spans } = recording();
    const received: (string | null)[] = [];
    const answers = [
      { data: { a: 1 } },
      { errors: [{ message: 'segredo', extensions: { code: 'NOT_FOUND' } }] },
      { errors: [{ message: 'segredo', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
      { errors: [{ message: 'segredo', extensions: { code: 'segredo de outro' } }] },
    ];
    const link = traceLinks(tracing, () => async (_, { info }) => {
      received.push(info.traceparent);
      const answer = answers.shift();
      if (!answer) throw overloaded();
      return answer;
    })('vendas');
    for (const _ of [...answers]) await link({ query: '{ a }' }, asking(from('01')));
    await expect(link({ query: '{ a }' }, asking(from('01')))).rejects.toThrow();

    expect(received).toEqual(spans().map((span) => `00-${traceId}-${span.spanContext().spanId}-01`));
    expect(
      spans().map(({ status, attributes }) => [
        status.code,
        attributes['error.type'],
        attributes['teia.error.codes'],
      ]),
    ).toEqual([
      [0, undefined, undefined],
      [0, undefined, ['NOT_FOUND']],
      [2, 'INTERNAL_SERVER_ERROR', ['INTERNAL_SERVER_ERROR']],
      [0, undefined, undefined],
      [2, 'SUBGRAPH_UNAVAILABLE', undefined],
    ]);
    expect(
      JSON.stringify(
        spans().map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
      ),
    ).not.toContain('segredo');
  });

  test('of what is not recorded is left alone', async () => {
    const { tracing, spans } = recording();
    const asked = asking(from('00'));
    const own = jest.fn(async () => ({ data: {} }));
    await traceLinks(tracing, () => own)('vendas')({ query: '{ a }' }, asked);
    expect(own).toHaveBeenCalledWith({ query: '{ a }' }, asked);
    expect(spans()).toEqual([]);
  });
});

describe('sending', () => {
  const open = async (settings: NodeJS.ProcessEnv) => {
    const closing: (() => Promise<void>)[] = [];
    const config = readConfig(settings);
    const tracing = await openTracing({
      config,
      service: 'teia-teste',
      environment: realEnvironment,
      onClose: (close) => closing.push(close),
    });
    return { tracing, close: async () => closing[0]?.() };
  };
  const begin = ({ tracing }: Awaited<ReturnType<typeof open>>, times = 1) => {
    for (let i = 0; i < times; i++) tracing?.atTheDoor(start, null)?.end();
  };

  test('is off without an address', async () => {
    expect((await open({})).tracing).toBeNull();
    expect((await open({ OTEL_SERVICE_NAME: 'x', OTEL_TRACES_SAMPLER: 'always_on' })).tracing).toBeNull();
  });

  test('goes where the settings say, what is left of it at the end', async () => {
    const collector = await startCollector();
    const opened = await open({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    });
    begin(opened, 3);
    await opened.close();
    expect(collector.spans().map(({ service, name }) => [service, name])).toEqual(
      Array.from({ length: 3 }, () => ['teia-teste', 'x']),
    );
    expect(collector.paths).toEqual(['/v1/traces']);

    const exact = await open({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/aqui`,
      OTEL_SERVICE_NAME: 'outro',
    });
    begin(exact);
    await exact.close();
    expect(collector.spans().at(-1)?.service).toBe('outro');
    expect(collector.paths.at(-1)).toBe('/aqui');
    await collector.close();
  });

  test('drops what comes faster than it can be sent', async () => {
    const collector = await startCollector();
    const opened = await open({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    begin(opened, 20_000);
    await opened.close();
    // What is kept, and the batch that was already on its way.
    expect(collector.spans()).toHaveLength(8_192 + 1_024);
    await collector.close();
  });

  test('is given up where nobody listens', async () => {
    const warned = jest.spyOn(log, 'warn');
    const opened = await open({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
    begin(opened, 2_000);
    await opened.close();
    begin(opened);
    expect(warned.mock.calls.length).toBeLessThanOrEqual(1);
    warned.mockRestore();
  });

  test('tells the log when it is refused, once', async () => {
    const collector = await startCollector({ answer: 400 });
    const warned = jest.spyOn(log, 'warn');
    const opened = await open({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    begin(opened, 3_000);
    await until(() => warned.mock.calls.length > 0);
    begin(opened, 3_000);
    await opened.close();
    expect(warned.mock.calls.map(([, message]) => message)).toEqual(['traces could not be sent']);
    warned.mockRestore();
    await collector.close();
  });
});

test.each<[string, string]>([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://collector:4317'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://ana:senha@collector:4318'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_SERVICE_NAME', ' '],
  ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
  ['OTEL_TRACES_SAMPLER_ARG', '10'],
  ['OTEL_TRACES_SAMPLER_ARG', 'metade'],
])('%s=%s stops the start', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}: (deve|não|só)[^\n]+$`));
});

test('headers for the collector are read as OpenTelemetry writes them', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/), fc.string({ minLength: 1 })), {
        minLength: 1,
      }),
      (pairs) => {
        const given = pairs
          .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
          .join(',');
        expect(readConfig({ OTEL_EXPORTER_OTLP_HEADERS: given }).OTEL_EXPORTER_OTLP_HEADERS).toBe(given);
      },
    ),
  ));
