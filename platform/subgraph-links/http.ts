import type { Asking } from '../caller';
import type { Environment } from '../environment';
import { logSparingly } from '../log-sparingly';
import type { SubgraphLink, SubgraphLinks, SubgraphRequest } from '../subgraph-link';
import { type Resolve, resolveBySystem } from './addresses';
import { type Answered, type Asked, createExchange } from './exchange';
import type { HopHeaders } from './hop-headers';
import type { Instance } from './instance';
import { openInstances } from './instances';
import { isRead } from './is-read';
import { ejections } from './link-metrics';
import { pickInstance } from './pick-instance';
import { createProtection } from './protection';
import { createTrial } from './trial';

const usualTimeoutMs = 10_000;
const usualConnections = 32;
const refreshMs = 5_000;

type Options = {
  readonly environment: Environment;
  readonly hopHeaders: HopHeaders;
  /** Milliseconds for one request, from connecting to the last byte; 10 s when left out. */
  readonly timeout?: number;
  /** The same for some subgraphs by name. */
  readonly timeouts?: ReadonlyMap<string, number>;
  /** To each instance at most; 32 when left out. */
  readonly connections?: number;
  /** Sends whatever is asked, at once and once only: with no breaker, no second attempt and no sharing of answers. */
  readonly unprotected?: boolean;
  /** Where each instance says with 200 that it can do its work; left out for those that say so nowhere. */
  readonly readyPath?: string;
  /** How names are looked up; as the system does when left out. */
  readonly resolve?: Resolve;
};

const createAsked =
  (timeout: number, { agora }: Environment) =>
  (request: SubgraphRequest, asking: Asking): Asked => {
    const { prazo } = asking.info;
    const left = prazo === null ? timeout : prazo - agora().getTime();
    return {
      asking,
      body: JSON.stringify(request),
      isRead: isRead(request.query),
      endsAt: performance.now() + Math.min(left, timeout),
      kindWhenLate: left < timeout ? 'deadline' : 'timeout',
    };
  };

const openLink = (name: string, urls: readonly string[], options: Options) => {
  const { environment, hopHeaders, timeouts, timeout: forAll = usualTimeoutMs } = options;
  const timeout = timeouts?.get(name) ?? forAll;
  const instances = openInstances(urls, {
    connections: options.connections ?? usualConnections,
    now: () => performance.now(),
    onEject: () => ejections.inc({ service: name }),
    resolve: options.resolve ?? resolveBySystem,
    refreshMs,
    onError: logSparingly(`the instances of ${name} cannot be looked up`),
  });
  const pick = (tried: readonly Instance[]) => pickInstance(instances.current(), tried, Math.random);
  const exchange = createExchange(name, hopHeaders);
  const attempt = (instance: Instance, asked: Asked): Promise<Answered> =>
    instance.use((pool, path) => exchange(pool, path, asked));
  const { readyPath = null } = options;
  const tryOut = createTrial({ exchange, novoId: environment.novoId, timeout, readyPath });
  const trial = () => pick([]).use(tryOut);
  const protection = options.unprotected
    ? null
    : createProtection({ name, trial, pick, attempt, random: Math.random });

  const askedOf = createAsked(timeout, environment);
  const link: SubgraphLink = async (request, asking) => {
    const asked = askedOf(request, asking);
    const { response } = await (protection ? protection.ask(asked) : attempt(pick([]), asked));
    return response;
  };
  const close = async () => {
    protection?.close();
    await instances.close();
  };
  return { link, close };
};

/**
 * Reaches subgraphs by URL over pooled keep-alive connections. They are told what `hopHeaders` says and nothing
 * else of the client's request. What is no GraphQL answer in time rejects with a SubgraphFailure.
 *
 * @param urls the addresses of the instances of each subgraph by name, path included.
 */
export const createHttpLinks = (
  urls: ReadonlyMap<string, readonly string[]>,
  options: Options,
): { readonly links: SubgraphLinks; readonly close: () => Promise<void> } => {
  const opened = new Map([...urls].map(([name, urls]) => [name, openLink(name, urls, options)]));
  return {
    links: (name) => {
      const subgraph = opened.get(name);
      if (!subgraph) throw new Error(`no address for subgraph ${name}`);
      return subgraph.link;
    },
    close: async () => {
      await Promise.all([...opened.values()].map(({ close }) => close()));
    },
  };
};
