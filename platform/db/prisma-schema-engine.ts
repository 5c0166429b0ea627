import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool, type PoolConfig, type QueryConfig, type QueryResult } from 'pg';

export type { SchemaEngine };

// The types of Node 20 leave it out.
declare const WebAssembly: {
  instantiate(
    code: Buffer,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

const MARK_FINISHED =
  'UPDATE public._prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL';

/** The type "char", in which PostgreSQL's catalogue keeps flags. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Prisma's adapter made fit for the engine, in two things that only migrations need: a script is cut at
 * every semicolon, those inside function bodies and literals too; and the type "char", which the engine
 * reads when it looks at an existing schema, is unknown.
 */
class MigrationPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const queryPool = pool.query.bind(pool) as (config: QueryConfig) => Promise<QueryResult | QueryResult[]>;
    const queryRaw = adapter.queryRaw.bind(adapter);
    // The engine asks one thing at a time, so these are of the result that `queryRaw` is about to give.
    let charColumns: number[] = [];
    pool.query = (async (config: QueryConfig) => {
      const results = await queryPool(config);
      const fields = [results].flat().flatMap((result) => result.fields);
      charColumns = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === CHAR_OID ? [index] : []));
      for (const index of charColumns) fields[index]!.dataTypeID = TEXT_OID;
      return results;
    }) as typeof pool.query;
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    adapter.executeScript = async (script) => {
      // Without parameters this is one simple query, whose statements commit together: a migration that
      // fails leaves nothing, and one that is interrupted is either applied and known as such, or neither.
      await adapter.executeRaw({ sql: `${script}\n;${MARK_FINISHED}`, args: [], argTypes: [] });
    };
    return adapter;
  }
}

/**
 * The engine sets a timer of ten seconds when it waits for its lock and never clears it: the process must
 * be able to end before.
 */
const withoutLingeringTimers = (glue: object): object => {
  const timers = Object.entries(glue).filter(([name]) => name.startsWith('__wbg_setTimeout'));
  const unref = timers.map(([name, set]) => [name, (...args: unknown[]) => set(...args).unref()]);
  return { ...glue, ...Object.fromEntries(unref) };
};

// The package's own entry imports the `.wasm` file as a module, which Node cannot do without a flag.
const loadEngine = async () => {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const code = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(code, {
    './schema_engine_bg.js': withoutLingeringTimers(glue),
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
};

let loaded: ReturnType<typeof loadEngine> | undefined;

/** A schema.prisma that describes nothing. */
export const EMPTY_DATAMODEL = 'datasource db {\n  provider = "postgresql"\n}\n';

/**
 * Runs Prisma's migration engine, as WebAssembly over the driver adapter: nothing to download. Loading it
 * takes about 100 ms, so ask for it only when there is something for it to do.
 */
export const withSchemaEngine = async <T>(
  connection: PoolConfig,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> => {
  loaded ??= loadEngine();
  const Engine = await loaded;
  // One connection, so that the engine's advisory lock and what it protects share a session; ours to
  // end, because the engine itself never lets go of it.
  const pool = new Pool({ ...connection, max: 1 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationPg(pool));
    const engine = await Engine.new(
      { datamodels: [['schema.prisma', EMPTY_DATAMODEL]] },
      () => undefined,
      adapter,
    );
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
};
