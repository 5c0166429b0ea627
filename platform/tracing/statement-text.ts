import { LRUCache } from 'lru-cache';

export type DescribedStatement = {
  /** The statement with `?` in place of every literal; parameters stay placeholders (`$1`). */
  readonly text: string;
  /** Its first word, in capitals. */
  readonly operation: string;
  /** The operation, and the table it begins with where that is plain to see. */
  readonly name: string;
};

// Strings as 'it''s', E'it\'s' and $$it's$$; then numbers that are no part of a name or a placeholder.
const literal =
  /e'(?:[^'\\]|\\.|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|(?<![\w$."])\d[\d.]*(?:e[+-]?\d+)?(?![\w"])/gi;
const firstTable =
  /^(?:select\b[\s\S]*?\sfrom|insert\s+into|update|delete\s+from)\s+((?:"?\w+"?\.)?"?\w+"?)/i;

const describe = (statement: string): DescribedStatement => {
  const text = statement.trim().replace(literal, '?');
  const operation = /^[a-z]+/i.exec(text)?.[0].toUpperCase() ?? 'SQL';
  const table = firstTable
    .exec(text)?.[1]
    ?.replaceAll('"', '')
    .replace(/^public\./, '');
  return { text, operation, name: table ? `${operation} ${table}` : operation };
};

const known = new LRUCache<string, DescribedStatement>({ max: 1_000 });

/** Characters. What lists hundreds of ids is as long as they are many. */
const longest = 4_096;

/** What may be told of a statement, or of its beginning: nothing that tells one execution of it from another. */
export const describeStatement = (statement: string): DescribedStatement => {
  const beginning = statement.slice(0, longest);
  const described = known.get(beginning) ?? describe(beginning);
  known.set(beginning, described);
  return described;
};
