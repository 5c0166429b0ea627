import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { fromRoot } from '../platform/project-root';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const service = z.object({
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), scalar).default({}),
  /** The folders of the host that it sees, as paths from docker-compose.yml, by where it sees them. */
  volumes: z
    .array(z.union([z.string(), z.object({ source: z.string(), target: z.string() })]))
    .default([])
    .transform((volumes) => {
      const folders = volumes.filter((volume) => typeof volume !== 'string');
      return new Map(folders.map(({ source, target }) => [target, source]));
    }),
  restart: z.string(),
  /** In milliseconds; the file has seconds. */
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .transform((seconds) => Number.parseInt(seconds, 10) * 1000),
});

const composeFile = z.object({
  services: z.record(z.string(), service),
});

export type ComposeFile = z.output<typeof composeFile>;

/** docker-compose.yml as the compose specification reads it, merged, before any variable is filled in. */
export const parseComposeFile = (): unknown =>
  parse(readFileSync(fromRoot('docker-compose.yml'), 'utf8'), { merge: true });

/**
 * What the services of docker-compose.yml run, and with what.
 *
 * @throws Error where the file has another form.
 */
export const readComposeFile = (): ComposeFile => composeFile.parse(parseComposeFile());
