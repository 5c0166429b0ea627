import type { Sample } from './measure/burst';
import type { Samples } from './measure/interleave';
import { median } from './statistics';

/** Three significant digits, thousands in groups. */
export const digits = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

/** Rows of a Markdown table; the first column is text, the others are figures. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string => {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? digits(cell) : cell)).join(' | ')} |`;
  return [
    line(head),
    `|${head.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(line),
  ].join('\n');
};

/** Median, lowest and highest of a ratio taken round by round. */
export const ratioOf = (of: readonly Sample[], to: readonly Sample[], value: (sample: Sample) => number) => {
  const ratios = of.map((sample, round) => value(sample) / value(to[round]!));
  return `${digits(median(ratios))} (${digits(Math.min(...ratios))}–${digits(Math.max(...ratios))})`;
};

type Options = {
  /** The roles whose CPU time is shown, each with its heading. */
  readonly roles: Readonly<Record<string, string>>;
  /** Whose CPU time is compared. */
  readonly compared: readonly string[];
  readonly base: string;
};

const totalOf =
  (roles: readonly string[]) =>
  ({ cpu }: Sample): number =>
    roles.reduce((sum, role) => sum + (cpu[role] ?? 0), 0);

/** One table for an operation: medians of each contestant, and ratios to the base with their spread. */
export const compareTable = (results: readonly Samples[], { roles, compared, base }: Options): string => {
  const to = results.find(({ name }) => name === base)!.samples;
  const mid = (samples: readonly Sample[], value: (sample: Sample) => number) => median(samples.map(value));
  return markdownTable(
    [
      '',
      'req/s',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      ...Object.values(roles).map((role) => `CPU ms, ${role}`),
      'req/s, ratio',
      'CPU, ratio',
    ],
    results.map(({ name, samples }) => [
      name === base ? `**${name}**` : name,
      mid(samples, ({ perSecond }) => perSecond),
      mid(samples, ({ p50 }) => p50),
      mid(samples, ({ p95 }) => p95),
      mid(samples, ({ p99 }) => p99),
      ...Object.keys(roles).map((role) => mid(samples, ({ cpu }) => cpu[role] ?? 0)),
      ratioOf(samples, to, ({ perSecond }) => perSecond),
      ratioOf(samples, to, totalOf(compared)),
    ]),
  );
};
