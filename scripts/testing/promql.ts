import { parser } from '@prometheus-io/lezer-promql';

const strict = parser.configure({ strict: true });

/**
 * The names of series that a PromQL expression asks for, and of the labels by which it picks or groups them.
 *
 * @throws SyntaxError for what is no PromQL.
 */
export const readPromql = (expression: string) => {
  // What Grafana fills in.
  const text = expression.replaceAll('$__rate_interval', '5m');
  const series = new Set<string>();
  const labels = new Set<string>();
  strict.parse(text).iterate({
    enter: ({ name, from, to, node }) => {
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') series.add(text.slice(from, to));
      if (name === 'LabelName') labels.add(text.slice(from, to));
    },
  });
  return { series: [...series], labels: [...labels] };
};
