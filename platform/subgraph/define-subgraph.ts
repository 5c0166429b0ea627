// TypeGraphQL's decorators need it before the first of them runs, which every subgraph's index imports after this.
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import type { Asking } from '../caller';
import type { RawSql } from '../db/unit-of-work';
import type { Environment } from '../environment';
import type { EventName } from '../events/catalogue';
import type { Consumption } from '../events/consumption';
import type { EventQueues } from '../events/event-queues';
import { startRelay } from '../events/relay';
import type { Consumers } from '../events/routes';
import type { Limits } from '../limits/limits';
import type { SendMail } from '../mail/mail';
import type { Signals } from '../signals/signals';
import type { SubgraphLink, SubgraphLinks } from '../subgraph-link';
import { traceExecution } from '../tracing/traced-link';
import type { Tracing } from '../tracing/tracing';
import { createRefusalAudit } from './audit-refusals';
import { createExecutor } from './execute';
import { buildFederatedSchema, type SchemaDefinition } from './federated-schema';
import type { Asked } from './guard-access';

export type FirstAdministrator = {
  readonly email: string;
  readonly senha?: string;
  /** The name of the organization. */
  readonly organizacao: string;
};

/** What a process gives each subgraph that it starts. */
export type ProcessServices = {
  readonly environment: Environment;
  /** How to ask the other domains. */
  readonly links: SubgraphLinks;
  /** The subgraph's own database, as the application's role. */
  readonly databaseUrl: string;
  /** The JWK Set file with the keys that sign tokens; only usuarios reads it. */
  readonly signingKeysFile: string;
  /** Who administers the first organization; without a password, one is made. Only usuarios asks. */
  readonly firstAdministrator: FirstAdministrator;
  /** How to write to somebody; only usuarios does. */
  readonly sendMail: SendMail;
  /** Where the front end is, without a slash at its end: links in messages lead there. */
  readonly appUrl: string;
  /** How many entities one request may ask for. */
  readonly maxRepresentations?: number;
  /** Counts attempts, together with the other processes. */
  readonly limits: Limits;
  /** Told of every request, where somebody is told of traces. */
  readonly tracing?: Tracing | null;
  /** Nudges the other processes. */
  readonly signals: Signals;
  /** Shows a line, in Portuguese, to whoever started the process, and keeps it nowhere. */
  readonly announce: (line: string) => void;
  /** What events travel by, and who hears of which; without it none leave or come. */
  readonly events?: {
    readonly queues: EventQueues;
    readonly consumers: Consumers;
  };
};

/** Public documents by file name, served below `/.well-known/` (RFC 8615), read anew for each request. */
export type WellKnown = Readonly<Record<string, () => Promise<object>>>;

/** What a subgraph makes once per process: pools, workers, timers. */
export type ProcessState = {
  readonly stop: () => Promise<void>;
  readonly wellKnown?: WellKnown;
  /** The subgraph's own database, where what it refuses is audited; without one, nothing is. */
  readonly prisma?: RawSql;
};

export type RunningSubgraph = {
  readonly name: string;
  readonly execute: SubgraphLink;
  readonly wellKnown: WellKnown;
  readonly stop: () => Promise<void>;
};

export type Subgraph = {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** The subgraph's schema in SDL, federation directives included. */
  readonly sdl: string;
  /** The events of other domains that it handles. */
  readonly subscribes: readonly EventName[];
  readonly start: (services: ProcessServices) => Promise<RunningSubgraph>;
};

type Definition<State extends ProcessState, Context extends Asked> = SchemaDefinition<Context> & {
  /** Runs once per process. */
  readonly start: (services: ProcessServices) => Promise<State>;
  /** Runs once per request: repositories, loaders and policies for who is asking. */
  readonly context: (state: State, asking: Asking) => Context;
  /** What it does when other domains tell of a change. */
  readonly consumption?: Consumption<State>;
};

/**
 * A domain of the supergraph.
 *
 * @throws Error at definition when an entity of its schema is not listed, is listed and missing, or is
 * owned without a reference resolver, and when a root field or a field of another's entity does not say who may ask.
 */
export const defineSubgraph = <State extends ProcessState, Context extends Asked>(
  definition: Definition<State, Context>,
): Subgraph => {
  const { name, start, context, consumption } = definition;
  const { schema, sdl } = buildFederatedSchema(definition);
  return {
    name,
    schema,
    sdl,
    subscribes: consumption?.events ?? [],
    start: async (services) => {
      const state = await start(services);
      const { databaseUrl, environment, tracing, events } = services;
      const relay = events && startRelay({ subgraph: name, databaseUrl, ...events });
      const consumer = events && consumption?.start(state, name, events.queues, tracing);
      const audit = state.prisma && createRefusalAudit({ db: state.prisma, environment });
      const execute = createExecutor({
        name,
        schema,
        createContext: (asking) => context(state, asking),
        maxRepresentations: services.maxRepresentations,
        onRefused: audit?.refused,
      });
      const stop = async () => {
        await Promise.all([relay?.stop(), consumer?.stop(), audit?.settled()]);
        await state.stop();
      };
      return {
        name,
        execute: tracing ? traceExecution(tracing, name, execute) : execute,
        wellKnown: state.wellKnown ?? {},
        stop,
      };
    },
  };
};
