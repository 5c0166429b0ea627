import { currentSpan } from './current-span';
import type { OpenSpan } from './open-span';
import { describeStatement } from './statement-text';

/** Begins the span of a statement as part of the running work; undefined when that is not recorded. */
export const beginStatement = (statement: string, database: string | undefined): OpenSpan | undefined => {
  const within = currentSpan();
  if (!within) return undefined;
  const { text, operation, name } = describeStatement(statement);
  return within.begin({
    name,
    kind: 'CLIENT',
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': operation,
      'db.query.text': text,
    },
  });
};

const sqlState = /^[0-9A-Z]{5}$/;

/** Ends it with how many rows came of it, or with what kind of failure: its SQLSTATE where PostgreSQL gave one. */
export const endStatement = (span: OpenSpan, error: unknown, result: unknown): void => {
  if (!error) {
    const { rows } = (result ?? {}) as { rows?: readonly unknown[] };
    span.set({ 'db.response.returned_rows': rows?.length });
    span.end();
    return;
  }
  const code = String((error as { code?: unknown }).code ?? '');
  const isState = sqlState.test(code);
  if (isState) span.set({ 'db.response.status_code': code });
  span.end(isState ? code : '_OTHER');
};
