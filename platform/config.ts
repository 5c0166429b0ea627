import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { documentSettings } from './settings/documents';
import { queryLimitSettings } from './settings/query-limits';
import {
  isSubgraphTimeoutSetting,
  readSubgraphSettings,
  type SubgraphSettings,
  subgraphSettings,
  subgraphTimeoutSetting,
  subgraphUrlSetting,
} from './settings/subgraphs';
import { tracingSettings } from './settings/tracing';
import { usageLimitSettings } from './settings/usage-limit';

// Before anything looks at the environment: the log does when it is loaded. Tests are not to depend on it.
if (process.env.NODE_ENV !== 'test' && existsSync('.env')) process.loadEnvFile('.env');

/** Known before any setting is checked, for the log. */
export const nodeEnv = process.env.NODE_ENV ?? 'development';

/** The settings are wrong; the message names each variable and what it should be, one a line. */
export class ConfigError extends Error {}

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'deve ser um endereço postgres://usuario:senha@servidor:porta/base',
});
const redisUrl = z.url({ protocol: /^rediss?$/, error: 'deve ser um endereço redis://servidor:porta' });
const text = z.string().trim().min(1, { error: 'não pode ficar em branco' });

const isSmtpUrl = (given: string): boolean =>
  /^smtps?:\/\/[^/?#]+\/?$/.test(given) && z.url().safeParse(given).success;
const smtpUrl = text.refine(isSmtpUrl, {
  error: 'deve ser smtp(s)://usuario:senha@servidor:porta, e nada mais',
});

/** An address alone, or with a name before it. No character is allowed that would make a list of addresses of it. */
const senderForm = /^(?:[^<>",;:()@\p{Cc}]*<(?<address>[^<>]+)>|(?<alone>[^<>]+))$/u;
const sender = text.refine(
  (given) => {
    const { address, alone } = senderForm.exec(given)?.groups ?? {};
    return z.email().safeParse(address ?? alone).success;
  },
  { error: 'deve ser um e-mail, sozinho ou como em Teia <teia@exemplo.com>' },
);

const frontEndUrl = z
  .url({ protocol: /^https?$/, error: 'deve ser um endereço http(s)://' })
  .transform((url) => new URL(url))
  .refine(({ username, search, hash }) => !username && !search && !hash, {
    error: 'deve ser um endereço http(s):// sem usuário, ? nem #',
  })
  .transform(({ href }) => href.replace(/\/+$/, ''));
const port = z.coerce
  .number({ error: 'deve ser um número de porta' })
  .int({ error: 'deve ser um número de porta' })
  .min(0, { error: 'deve ser um número de porta de 0 a 65535' })
  .max(65535, { error: 'deve ser um número de porta de 0 a 65535' });

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
/** To trust every address is to believe every client. */
const isNetwork = (given: string): boolean => network.safeParse(given).success && !given.endsWith('/0');
const networks = text
  .transform((given) => given.split(',').map((entry) => entry.trim()))
  .refine((entries) => entries.every(isNetwork), {
    error: 'deve ser uma lista de endereços IP, ou faixas como 10.0.0.0/8, separados por vírgulas',
  });

/** What an installation decides once, for each of its processes alike. */
const tuning = {
  ...documentSettings,
  ...queryLimitSettings,
  ...subgraphSettings,
  ...tracingSettings,
  ...usageLimitSettings,
};

const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'deve ser development, production ou test' })
    .default('development'),
  TEIA_HOST: text.default('localhost'),
  PORT: port.optional(),
  TEIA_PROXIES: networks.default([]),
  INTERNAL_PORT: port.optional(),
  METRICS_PORT: port.optional(),
  TEIA_DATA_DIR: text.default('.teia').transform((folder) => resolve(folder)),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  SUBGRAPH: text.optional(),
  TEIA_CHAVES: text.optional(),
  TEIA_CHAVES_INTERNAS: text.optional(),
  TEIA_ADMIN_EMAIL: z.email({ error: 'deve ser um e-mail' }).optional(),
  TEIA_ADMIN_SENHA: z
    .string()
    .min(10, { error: 'deve ter ao menos 10 caracteres' })
    .max(128, { error: 'pode ter até 128 caracteres' })
    .optional(),
  TEIA_ORGANIZACAO: text.optional(),
  TEIA_APP_URL: frontEndUrl.optional(),
  SMTP_URL: smtpUrl.optional(),
  TEIA_EMAIL_REMETENTE: sender.optional(),
  TEIA_SUPERGRAPH: text.optional(),
  ...tuning,
});

export type Config = z.output<typeof settings> & SubgraphSettings;

/** The settings whose absence in production would make the start fall back to something for development. */
type Essential = keyof Pick<
  Config,
  | 'DATABASE_URL'
  | 'TEIA_CHAVES'
  | 'TEIA_CHAVES_INTERNAS'
  | 'TEIA_APP_URL'
  | 'SMTP_URL'
  | 'TEIA_EMAIL_REMETENTE'
>;

/** What a process needs in which usuarios runs. */
export const essentialToUsuarios: readonly Essential[] = [
  'TEIA_CHAVES',
  'TEIA_APP_URL',
  'SMTP_URL',
  'TEIA_EMAIL_REMETENTE',
];

const refuse = (lines: readonly string[]): void => {
  if (lines.length > 0) throw new ConfigError(lines.join('\n'));
};

/**
 * Reads and checks every setting of the process; `.env.example` says what each means. An empty
 * variable counts as absent, as in a compose file.
 *
 * @throws ConfigError with one line for each variable that is wrong.
 */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): Config => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  const { wrong, ...ofSubgraphs } = readSubgraphSettings(given);
  const issues = parsed.error?.issues ?? [];
  refuse([...issues.map(({ path, message }) => `${path.join('.')}: ${message}.`), ...wrong]);
  const config = { ...(parsed.data as z.output<typeof settings>), ...ofSubgraphs };
  if (config.DATABASE_ADMIN_URL && !config.DATABASE_URL) {
    throw new ConfigError('DATABASE_ADMIN_URL: só faz sentido junto de DATABASE_URL.');
  }
  return config;
};

/** Those settings, unread, that are the same for every process of an installation; for whoever starts several. */
export const givenTuning = (environment: NodeJS.ProcessEnv = process.env): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        Boolean(entry[1]) && (entry[0] in tuning || isSubgraphTimeoutSetting(entry[0])),
    ),
  );

/**
 * Insists in production on what the process at hand needs.
 *
 * @throws ConfigError with one line for each variable that is missing.
 */
export const requireInProduction = (config: Config, essential: readonly Essential[]): void => {
  if (config.NODE_ENV !== 'production') return;
  const missing = essential.filter((name) => !config[name]);
  refuse(missing.map((name) => `${name}: é obrigatória em produção.`));
};

/** @throws ConfigError for an address or a time of a subgraph that does not exist. */
export const checkSubgraphUrls = (
  { subgraphUrls, subgraphTimeouts }: Config,
  known: readonly string[],
): void => {
  const given = [
    ...[...subgraphUrls.keys()].map((name) => [name, subgraphUrlSetting(name)] as const),
    ...[...subgraphTimeouts.keys()].map((name) => [name, subgraphTimeoutSetting(name)] as const),
  ];
  const unknown = given.filter(([name]) => !known.includes(name));
  refuse(unknown.map(([, setting]) => `${setting}: não há este subgrafo; há ${known.join(', ')}.`));
};
