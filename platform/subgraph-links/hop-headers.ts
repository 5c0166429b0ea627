import type { SignAssertion } from '../assertion/sign-assertion';
import type { Asking } from '../caller';
import { requestInfoHeaders } from './request-info-headers';

/** What a subgraph is told beside the operation. */
export type HopHeaders = (subgraph: string, asking: Asking) => Promise<Record<string, string>>;

/** For a subgraph of ours: a signed word on who asks, and the request's own data. */
export const assertedHeaders =
  (sign: SignAssertion): HopHeaders =>
  async (subgraph, { caller, info }) => ({
    ...requestInfoHeaders(info),
    authorization: `Bearer ${await sign(caller, subgraph)}`,
  });

/** For a subgraph of somebody else: the ids that tie logs together, and nothing of who asks. */
export const foreignHeaders: HopHeaders = async (_, { info: { requestId, traceparent, tracestate } }) => ({
  'x-request-id': requestId,
  ...(traceparent && { traceparent }),
  ...(tracestate && { tracestate }),
});
