import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind } from '@opentelemetry/api';
import { otlp } from './otlp-schema';

type Value = { stringValue?: string; intValue?: number; arrayValue?: { values: Value[] } };
type KeyValue = { key: string; value: Value };
type Decoded = {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  name: string;
  kind: number;
  attributes: KeyValue[];
  status?: { code?: number; message?: string };
};
type Request = {
  resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: Decoded[] }[] }[];
};

export type CollectedSpan = {
  readonly service: unknown;
  readonly traceId: string;
  readonly id: string;
  /** '' of the first span of a trace. */
  readonly parentId: string;
  readonly name: string;
  readonly kind: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
};

const message = otlp.lookupType('ExportTraceServiceRequest');

const plain = ({ stringValue, intValue, arrayValue }: Value): unknown =>
  arrayValue ? arrayValue.values.map(plain) : (stringValue ?? intValue);
const asObject = (attributes: KeyValue[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));

const decode = (body: Buffer): CollectedSpan[] => {
  const { resourceSpans } = message.toObject(message.decode(body), {
    longs: Number,
    arrays: true,
  }) as unknown as Request;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId, name, kind, attributes, status }) => ({
        service: asObject(resource.attributes)['service.name'],
        traceId: Buffer.from(traceId).toString('hex'),
        id: Buffer.from(spanId).toString('hex'),
        parentId: Buffer.from(parentSpanId ?? []).toString('hex'),
        name,
        // OTLP counts kinds from 1.
        kind: SpanKind[kind - 1]!,
        attributes: asObject(attributes),
        failed: status?.code === 2,
      })),
    ),
  );
};

/** Something that takes traces by OTLP, on loopback. */
export const startCollector = async ({ answer = 200 } = {}) => {
  const bodies: Buffer[] = [];
  const spans: CollectedSpan[] = [];
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push(body);
      spans.push(...decode(body));
      paths.push(request.url);
      response.writeHead(answer, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: (): readonly CollectedSpan[] => spans,
    paths,
    /** All that came, as it came. */
    raw: () => Buffer.concat(bodies),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
