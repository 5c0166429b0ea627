import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

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
const text = z.string().trim().min(1, { error: 'não pode ficar em branco' });

const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'deve ser development, production ou test' })
    .default('development'),
  PORT: z.coerce
    .number({ error: 'deve ser um número de porta' })
    .int({ error: 'deve ser um número de porta' })
    .min(0, { error: 'deve ser um número de porta de 0 a 65535' })
    .max(65535, { error: 'deve ser um número de porta de 0 a 65535' })
    .default(4000),
  TEIA_DATA_DIR: text.default('.teia').transform((folder) => resolve(folder)),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  TEIA_CHAVES: text.optional(),
  TEIA_ADMIN_EMAIL: z.email({ error: 'deve ser um e-mail' }).optional(),
  TEIA_ADMIN_SENHA: z
    .string()
    .min(10, { error: 'deve ter ao menos 10 caracteres' })
    .max(128, { error: 'pode ter até 128 caracteres' })
    .optional(),
  TEIA_ORGANIZACAO: text.optional(),
  TEIA_SUPERGRAPH: text.optional(),
});

/** Settings without which a production start would fall back to something made for development. */
const essentialInProduction = ['DATABASE_URL', 'TEIA_CHAVES'] as const;

export type Config = z.output<typeof settings>;

/**
 * Reads and checks every setting of the process; `.env.example` says what each means. An empty
 * variable counts as absent, as in a compose file.
 *
 * @throws ConfigError with one line for each variable that is wrong or missing.
 */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): Config => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`).join('\n'),
    );
  }
  const config = parsed.data;
  if (config.NODE_ENV === 'production' && !config.TEIA_SUPERGRAPH) {
    const missing = essentialInProduction.filter((name) => !config[name]);
    if (missing.length > 0) {
      throw new ConfigError(missing.map((name) => `${name}: é obrigatória em produção.`).join('\n'));
    }
  }
  if (config.DATABASE_ADMIN_URL && !config.DATABASE_URL) {
    throw new ConfigError('DATABASE_ADMIN_URL: só faz sentido junto de DATABASE_URL.');
  }
  return config;
};
