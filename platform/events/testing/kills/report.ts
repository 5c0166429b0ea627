/**
 * What a participant tells of: the beginning (`+`) or the end (`-`) of a step, whose id it gives. Of a step that
 * was begun and not ended, the kill that came in between was in the middle of it.
 */
export type Report =
  | readonly ['ready']
  | readonly ['change+' | 'change-', id: string]
  | readonly ['publish+' | 'publish-', ...events: string[]]
  | readonly ['delivery+', event: string, attempt: number, isHandled: boolean]
  | readonly ['delivery-', event: string, outcome: 'ok' | 'failed']
  | readonly ['handler+', event: string]
  | readonly ['handler-', event: string, outcome: 'ok' | 'failed'];

export type Phase = Report[0];

/** Writing to a pipe is synchronous: what was reported is known, however soon after it the process dies. */
export const report = (...told: Report): void => {
  process.stdout.write(`@${JSON.stringify(told)}\n`);
};

/** Null for what is none, and for half of a line: the last of a process that was killed as it wrote. */
export const readReport = (line: string): Report | null => {
  if (!line.startsWith('@')) return null;
  try {
    return JSON.parse(line.slice(1)) as Report;
  } catch {
    return null;
  }
};
