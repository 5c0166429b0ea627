import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { ConfigError } from '../config';
import { databaseRoles } from './scope';

/** Owns every database and everything in it; nobody logs in as it. Migrations act as it. */
export const OWNER_ROLE = 'teia_dono';
/** Holds the grants and the tenant policies; the application's login inherits it. */
const APP_ROLE = databaseRoles.inquilino;
/** For work that is not one tenant's (login, the event relay, …): the login must switch to them by name. */
const NAMED_ROLES = Object.values(databaseRoles).filter((role) => role !== APP_ROLE);

const MINIMUM_VERSION = 18;
const LONGEST_NAME_BYTES = 63;

/** 'teia' in ASCII, and the second use of it. */
const PROVISION_LOCK = [0x74656961, 2];

/** The same server and login, another database. */
export const databaseUrl = (baseUrl: string, database: string): string => {
  const url = new URL(baseUrl);
  // As `pg` decodes it, which leaves characters with a meaning in addresses as they are.
  url.pathname = `/${encodeURI(database)}`;
  return url.href;
};

/** The database of one subgraph: `teia_clientes` when the application's address ends in `/teia` or in nothing. */
export const databaseName = (appUrl: string, subgraph: string): string => {
  const name = `${decodeURI(new URL(appUrl).pathname.slice(1)) || 'teia'}_${subgraph}`;
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) {
    throw new ConfigError(`DATABASE_URL: o nome de base ${name} passa de ${LONGEST_NAME_BYTES} bytes.`);
  }
  return name;
};

type Role = { readonly rolsuper: boolean; readonly rolbypassrls: boolean };

const findRole = async (admin: Client, name: string): Promise<Role | undefined> =>
  (await admin.query<Role>('SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = $1', [name])).rows[0];

const checkVersion = async (admin: Client): Promise<void> => {
  const { rows } = await admin.query("SELECT current_setting('server_version') AS version");
  const version: string = rows[0].version;
  if (Number.parseInt(version, 10) < MINIMUM_VERSION) {
    throw new ConfigError(
      `DATABASE_URL: o servidor é PostgreSQL ${version}; o Teia precisa do ${MINIMUM_VERSION} ou mais novo.`,
    );
  }
};

const makeGroups = async (admin: Client): Promise<void> => {
  for (const role of [OWNER_ROLE, APP_ROLE, ...NAMED_ROLES]) {
    if (!(await findRole(admin, role))) await admin.query(`CREATE ROLE ${role} NOLOGIN`);
  }
  // Who creates a role may grant it, itself included, but does not become a member by that.
  await admin.query(`GRANT ${OWNER_ROLE} TO CURRENT_USER WITH SET TRUE, INHERIT FALSE`);
};

/**
 * Makes the application's login, or takes the one that the operator made: its password stays as it is.
 *
 * @throws ConfigError when it could get around row-level security.
 */
const makeLogin = async (admin: Client, appUrl: string): Promise<void> => {
  const { username, password } = new URL(appUrl);
  if (username === '') throw new ConfigError('DATABASE_URL: falta o usuário.');
  const name = decodeURIComponent(username);
  const login = escapeIdentifier(name);
  if (!(await findRole(admin, name))) {
    const secret = password && ` PASSWORD ${escapeLiteral(decodeURIComponent(password))}`;
    await admin.query(`CREATE ROLE ${login} LOGIN${secret}`);
  }
  const role = await findRole(admin, name);
  const { rows } = await admin.query("SELECT pg_has_role($1, $2, 'MEMBER') AS owner", [name, OWNER_ROLE]);
  if (role?.rolsuper || role?.rolbypassrls || rows[0].owner) {
    throw new ConfigError(
      `DATABASE_URL: o usuário ${name} passaria por cima da segurança por linha; use um sem privilégios, ` +
        'diferente do de DATABASE_ADMIN_URL.',
    );
  }
  await admin.query(`GRANT ${APP_ROLE} TO ${login} WITH INHERIT TRUE, SET TRUE`);
  for (const role of NAMED_ROLES) {
    await admin.query(`GRANT ${role} TO ${login} WITH INHERIT FALSE, SET TRUE`);
  }
};

const makeDatabase = async (admin: Client, name: string): Promise<void> => {
  const database = escapeIdentifier(name);
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!rowCount) {
    // template0 and its own locale: the same order and case rules whatever the server's defaults are.
    await admin.query(
      `CREATE DATABASE ${database} OWNER ${OWNER_ROLE} TEMPLATE template0 ENCODING 'UTF8'
       LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'`,
    );
  }
  await admin.query(`SET ROLE ${OWNER_ROLE}`);
  await admin.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${APP_ROLE}, SESSION_USER`);
  await admin.query('RESET ROLE');
};

type Provision = {
  /** A superuser, or a login with CREATEROLE and CREATEDB. */
  readonly adminUrl: string;
  /** Its user and password make the application's login; its database name begins those of ours. */
  readonly appUrl: string;
  /** Names of subgraphs and of what else has a database. */
  readonly databases: readonly string[];
};

/**
 * Makes the roles and databases that are missing. Safe to repeat, and to run twice at once.
 *
 * @throws ConfigError when the server is too old or the application's login has too many rights.
 */
export const provision = async ({ adminUrl, appUrl, databases }: Provision): Promise<void> => {
  const names = databases.map((name) => databaseName(appUrl, name));
  const admin = new Client({ connectionString: adminUrl, application_name: 'teia-provision' });
  await admin.connect();
  try {
    await checkVersion(admin);
    await admin.query('SELECT pg_advisory_lock($1, $2)', PROVISION_LOCK);
    await makeGroups(admin);
    await makeLogin(admin, appUrl);
    for (const name of names) await makeDatabase(admin, name);
  } finally {
    await admin.end();
  }
};
