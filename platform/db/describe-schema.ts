import type { ClientBase } from 'pg';

// One line per thing, each of what an application or a policy can notice. What belongs to an extension,
// and Prisma's own table, are left out.
const DESCRIPTION = `
WITH ours AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), foreign_objects AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relations AS (
  SELECT c.*, format('%I.%I', o.nspname, c.relname) AS name
  FROM pg_class c JOIN ours o ON o.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relname <> '_prisma_migrations'
    AND ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM foreign_objects)
)
SELECT format('schema %s %s', nspname, nspacl) AS line FROM pg_namespace JOIN ours USING (oid, nspname)
UNION ALL SELECT format('extension %s', extname) FROM pg_extension
UNION ALL SELECT format('relation %s %s owner %s rls %s force %s acl %s options %s %s', name, relkind,
    relowner::regrole, relrowsecurity, relforcerowsecurity, relacl, reloptions,
    CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END) FROM relations
UNION ALL SELECT format('column %s.%I %s not null %s default %s generated %s identity %s acl %s', r.name, a.attname,
    format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attgenerated,
    a.attidentity, a.attacl)
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
UNION ALL SELECT format('constraint %s.%I %s', r.name, k.conname, pg_get_constraintdef(k.oid))
  FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
UNION ALL SELECT format('index %s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
  FROM relations r JOIN pg_index i ON i.indrelid = r.oid
UNION ALL SELECT format('policy %s.%I %s permissive %s to %s using %s check %s', r.name, p.polname, p.polcmd,
    p.polpermissive, p.polroles::regrole[], pg_get_expr(p.polqual, r.oid), pg_get_expr(p.polwithcheck, r.oid))
  FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
  FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
UNION ALL SELECT format('function %s owner %s acl %s', pg_get_functiondef(f.oid), f.proowner::regrole, f.proacl)
  FROM pg_proc f JOIN ours o ON o.oid = f.pronamespace AND f.prokind <> 'a'
  WHERE ('pg_proc'::regclass, f.oid) NOT IN (SELECT * FROM foreign_objects)
UNION ALL SELECT format('type %I.%I %s', o.nspname, t.typname,
    (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
  FROM pg_type t JOIN ours o ON o.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r') AND ('pg_type'::regclass, t.oid) NOT IN (SELECT * FROM foreign_objects)
UNION ALL SELECT format('default acl %s %s %s', n.nspname, d.defaclobjtype, d.defaclacl)
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`;

/**
 * Describes everything in a database that migrations make: tables, columns, constraints, indexes,
 * policies, grants, functions, triggers, types. Two databases are alike when their lines are.
 *
 * @returns one line per thing, sorted.
 */
export const describeSchema = async (client: ClientBase): Promise<string[]> => {
  const { rows } = await client.query<{ line: string }>(DESCRIPTION);
  return rows.map(({ line }) => line).sort();
};
