import type { Asking } from '../caller';
import type { ErrorCode } from '../errors';
import type { SubgraphLink, SubgraphLinks } from '../subgraph-link';
import { runInSpan } from './current-span';
import { failureOf, noteErrors } from './error-codes';
import type { OpenSpan, SpanStart } from './open-span';
import type { Tracing } from './tracing';

const unavailable: ErrorCode = 'SUBGRAPH_UNAVAILABLE';

const childOf = ({ traceparent }: OpenSpan, { caller, info }: Asking): Asking => ({
  caller,
  info: { ...info, traceparent },
});

const inSpans =
  (
    tracing: Tracing,
    start: SpanStart,
    link: SubgraphLink,
    run: (span: OpenSpan, work: () => ReturnType<SubgraphLink>) => ReturnType<SubgraphLink>,
  ): SubgraphLink =>
  async (request, asking) => {
    const span = tracing.within(start, asking.info.traceparent);
    if (!span) return link(request, asking);
    try {
      const response = await run(span, () => link(request, childOf(span, asking)));
      noteErrors(span, response.errors);
      span.end(failureOf(response.errors));
      return response;
    } catch (error) {
      span.end(unavailable);
      throw error;
    }
  };

/** Ways to the subgraphs by which each request is a span, however often it is tried. */
export const traceLinks =
  (tracing: Tracing, links: SubgraphLinks): SubgraphLinks =>
  (name) =>
    inSpans(
      tracing,
      { name: `fetch ${name}`, kind: 'CLIENT', attributes: { 'teia.subgraph': name } },
      links(name),
      (_, work) => work(),
    );

/** A subgraph whose every execution is a span, and each SQL statement below it one of its parts. */
export const traceExecution = (tracing: Tracing, name: string, execute: SubgraphLink): SubgraphLink =>
  inSpans(
    tracing,
    { name: `execute ${name}`, kind: 'SERVER', attributes: { 'teia.subgraph': name } },
    execute,
    runInSpan,
  );
