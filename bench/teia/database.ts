import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../platform/db/embedded';
import { databaseName, databaseUrl } from '../../platform/db/provision';
import { fromRoot } from '../../platform/project-root';
import { ensureSigningKeys } from '../../platform/signing-keys';
import { mailSettings } from '../../platform/testing/mail-settings';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import { cleanEnvironment } from '../measure/server-process';

const parentOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.split(') ').at(-1)!.split(' ')[1]);
};

const processIds = (): number[] => readdirSync('/proc').map(Number).filter(Boolean);

const hasParent =
  (parent: number) =>
  (pid: number): boolean => {
    try {
      return parentOf(pid) === parent;
    } catch {
      return false; // It ended meanwhile.
    }
  };

/**
 * A PostgreSQL of its own for a part of the bench, migrated by the command that an operator uses, with the
 * keys and the first administrator that Teia's processes need.
 *
 * @param root the folder of the built clone whose database it is.
 */
export const startDatabase = async (root = fromRoot()) => {
  const folder = await temporaryFolder();
  const keys = join(folder.path, 'keys.json');
  await ensureSigningKeys(keys);
  const server = await startEmbeddedPostgres({ dataDir: join(folder.path, 'postgres') });
  const admin = new Client({ connectionString: server.adminUrl });
  await admin.connect();
  const { rows } = await admin.query('SELECT pg_backend_pid() AS pid');
  const postmaster = parentOf(rows[0].pid);
  const env = {
    DATABASE_URL: server.appUrl,
    TEIA_DATA_DIR: folder.path,
    TEIA_CHAVES: keys,
    TEIA_CHAVES_INTERNAS: keys,
    TEIA_ADMIN_EMAIL: 'bench@example.com',
    TEIA_ADMIN_SENHA: 'uma senha comprida',
    TEIA_ORGANIZACAO: 'Bench',
    ...mailSettings,
  };
  execFileSync(process.execPath, [join(root, 'dist', 'scripts', 'migrate.js')], {
    env: { ...cleanEnvironment(), ...env, DATABASE_ADMIN_URL: server.adminUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    root,
    env,
    administrador: {
      email: env.TEIA_ADMIN_EMAIL,
      senha: env.TEIA_ADMIN_SENHA,
      organizacao: env.TEIA_ORGANIZACAO,
    },
    urlOf: (subgraph: string) => databaseUrl(server.appUrl, databaseName(server.appUrl, subgraph)),
    adminUrlOf: (subgraph: string) => databaseUrl(server.adminUrl, databaseName(server.appUrl, subgraph)),
    /** PostgreSQL's processes: they come and go with the connections. */
    pids: () => [postmaster, ...processIds().filter(hasParent(postmaster))],
    stop: async () => {
      await admin.end();
      await server.stop();
      await folder.remove();
    },
  };
};

export type Database = Awaited<ReturnType<typeof startDatabase>>;
