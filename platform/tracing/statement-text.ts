import { LRUCache } from 'lru-cache';

export type DescribedStatement = {
  /** The statement with `?` in place of every literal and without comments; parameters stay placeholders (`$1`). */
  readonly text: string;
  /** Its first word, in capitals. */
  readonly operation: string;
  /** The operation, and the table it begins with where that is plain to see. */
  readonly name: string;
};

// What PostgreSQL's lexer tells apart, each whole: a quote within one of them begins nothing. Of comments within comments,
// which no expression matches, all that follows is one.
const token = new RegExp(
  [
    /(?<comment>--[^\n\r]*|\/\*(?:(?!\/\*|\*\/)[\s\S])*(?:\*\/|[\s\S]*))/,
    // E'it\'s', which goes on in the next line; 'it''s'; $$it's$$; then numbers, 0x1F and 1_000 as well.
    /[eE]'(?:[^'\\]|\\[\s\S]?|''|'[^\S\n]*\n\s*')*(?:'|$)/,
    /'(?:[^']|'')*(?:'|$)/,
    /\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[\s\S]*?(?:\$\k<tag>\$|$)/,
    /\.?\d(?:[eE][+-]?\d|[\w.])*/,
    /(?<kept>"(?:[^"]|"")*(?:"|$)|\$\d+|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
type Groups = { readonly comment?: string; readonly kept?: string };
const told = (...match: unknown[]): string => {
  const { comment, kept } = match.at(-1) as Groups;
  return comment === undefined ? (kept ?? '?') : ' ';
};

const firstTable =
  /^(?:select\b[\s\S]*?\sfrom|insert\s+into|update|delete\s+from)\s+((?:"?\w+"?\.)?"?\w+"?)/i;

const describe = (statement: string): DescribedStatement => {
  const text = statement.replace(token, told).trim();
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
