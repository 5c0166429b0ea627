import type { SpanContext } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { formatTraceparent } from '../trace-context';

/** Names, codes and counts; never a value that somebody typed, a token or a parameter. */
export type SpanAttributes = Readonly<Record<string, string | number | string[] | undefined>>;

export type SpanStart = {
  /** One of few: what differs from request to request goes into no name. */
  readonly name: string;
  readonly kind: 'SERVER' | 'CLIENT' | 'INTERNAL' | 'CONSUMER';
  readonly attributes?: SpanAttributes;
};

/** A part of a recorded trace that goes on. What is never ended is never told of. */
export type OpenSpan = {
  /** The W3C Trace Context header by which what it causes names it as its parent. */
  readonly traceparent: string;
  readonly rename: (name: string) => void;
  readonly set: (attributes: SpanAttributes) => void;
  /** Begins a part of it. */
  readonly begin: (start: SpanStart) => OpenSpan;
  /** @param failure the code of what went wrong, when that is a fault of ours or of what we ask. */
  readonly end: (failure?: string) => void;
};

/** Begins a span below `parent`, or the first one of a trace. Parents are named: no context is followed. */
export const openSpan = (
  tracer: Tracer,
  { name, kind, attributes }: SpanStart,
  parent: SpanContext | null,
): OpenSpan => {
  const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const span = tracer.startSpan(name, { kind: SpanKind[kind], attributes }, context);
  return {
    get traceparent() {
      return formatTraceparent(span.spanContext());
    },
    rename: (name) => {
      span.updateName(name);
    },
    set: (attributes) => {
      span.setAttributes(attributes);
    },
    begin: (start) => openSpan(tracer, start, span.spanContext()),
    end: (failure) => {
      if (failure) span.setAttribute('error.type', failure).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
};
