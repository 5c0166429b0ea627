import type { DiffTarget } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { EMPTY_DATAMODEL, withSchemaEngine } from './prisma-schema-engine';

const NOTHING = '-- This is an empty migration.';

/**
 * Compares a database with a schema.prisma. What Prisma's language cannot say (policies, grants,
 * functions, indexes on expressions) is not compared.
 *
 * @param adminUrl the administrator's address of the database.
 * @param datamodel the text of the schema.prisma.
 * @returns the SQL from the database as it is to the datamodel, and back; null when they are alike.
 */
export const diffSchema = (
  adminUrl: string,
  datamodel: string,
): Promise<{ up: string; down: string } | null> =>
  withSchemaEngine({ connectionString: adminUrl }, async (engine) => {
    const schema = (content: string) => ({ files: [{ path: 'schema.prisma', content }] });
    const database: DiffTarget = { tag: 'schemaDatasource', configDir: '/', ...schema(EMPTY_DATAMODEL) };
    const wanted: DiffTarget = { tag: 'schemaDatamodel', ...schema(datamodel) };
    const script = async (from: DiffTarget, to: DiffTarget): Promise<string> => {
      const filters = { externalTables: [], externalEnums: [] };
      const { stdout } = await engine.diff({ from, to, filters, script: true, exitCode: null });
      return stdout?.trim() ?? '';
    };
    const up = await script(database, wanted);
    return up === NOTHING ? null : { up, down: await script(wanted, database) };
  });
