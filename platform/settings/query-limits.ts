import { z } from 'zod';
import { origins } from './origins';

const error = 'deve ser um número inteiro a partir de 1';
const count = z.coerce.number({ error }).int({ error }).min(1, { error });

const megabyte = 1024 * 1024;

/** What one request may ask for, and from which pages. */
export const queryLimitSettings = {
  TEIA_LIMITE_CORPO: count.default(megabyte),
  TEIA_LIMITE_TOKENS: count.default(5_000),
  TEIA_LIMITE_PROFUNDIDADE: count.default(15),
  TEIA_LIMITE_APELIDOS: count.default(50),
  TEIA_LIMITE_CAMPOS_RAIZ: count.default(20),
  TEIA_LIMITE_CAMPOS: count.default(300),
  TEIA_LIMITE_DIRETIVAS: count.default(50),
  TEIA_LIMITE_CUSTO: count.default(10_000),
  TEIA_LIMITE_REPRESENTACOES: count.default(1_000),
  TEIA_ORIGENS: origins.default([]),
};

type Settings = z.output<z.ZodObject<typeof queryLimitSettings>>;

/** What an operation may be at most; whatever a fragment holds counts wherever it is spread. */
export type QueryLimits = {
  /** The body of a request in bytes, as it was sent and as it is once decompressed. */
  readonly body: number;
  readonly tokens: number;
  /** Levels of fields. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly fields: number;
  readonly directives: number;
  readonly cost: number;
  /** Entities that a subgraph is asked for at a time. */
  readonly entities: number;
};

export const queryLimitsOf = (settings: Settings): QueryLimits => ({
  body: settings.TEIA_LIMITE_CORPO,
  tokens: settings.TEIA_LIMITE_TOKENS,
  depth: settings.TEIA_LIMITE_PROFUNDIDADE,
  aliases: settings.TEIA_LIMITE_APELIDOS,
  rootFields: settings.TEIA_LIMITE_CAMPOS_RAIZ,
  fields: settings.TEIA_LIMITE_CAMPOS,
  directives: settings.TEIA_LIMITE_DIRETIVAS,
  cost: settings.TEIA_LIMITE_CUSTO,
  entities: settings.TEIA_LIMITE_REPRESENTACOES,
});

/** With no setting made. */
export const defaultQueryLimits = queryLimitsOf(z.object(queryLimitSettings).parse({}));
