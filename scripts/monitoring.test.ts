import { readFileSync } from 'node:fs';
import type { Metric } from 'prom-client';
import { parse } from 'yaml';
import { metrics } from '../platform/metrics';
import { fromRoot } from '../platform/project-root';
// For what it measures.
import '../router/auth/revocation-metrics';
import '../router/create-router';
import '../platform/events/consumer-metrics';
import '../platform/events/relay-metrics';
import { subgraphs } from '../subgraphs';
import { readComposeFile } from './compose-file';
import { pods } from './testing/kubernetes';
import { dashboards, expressions, kubernetesRules, neededSeries, rules } from './testing/monitoring';
import { readPromql } from './testing/promql';

const read = (file: string) => readFileSync(fromRoot(file), 'utf8');

type ScrapeConfig = { readonly static_configs: readonly { readonly targets: readonly string[] }[] };
const prometheus = parse(read('deploy/prometheus/prometheus.yml')) as {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly ScrapeConfig[];
};
const alerts = [...rules, ...kubernetesRules].filter(({ alert }) => alert);

/** What Prometheus adds to each series, by its own settings too, and what a rule adds to an alert. */
const added = ['job', 'instance', 'processo', 'alertname', 'alertstate'];

type Described = Metric & {
  readonly name: string;
  readonly type: string;
  readonly labelNames: readonly string[];
};

/** The labels of each series that our own code measures, by name. */
const measured = new Map(
  (metrics.getMetricsAsArray() as unknown as Described[]).flatMap(({ name, type, labelNames }) =>
    String(type) === 'histogram'
      ? ['_bucket', '_sum', '_count'].map((end) => [`${name}${end}`, [...labelNames, 'le']] as const)
      : [[name, labelNames] as const],
  ),
);

describe('readPromql', () => {
  it('tells series from functions, labels and words of the language', () => {
    const text =
      'sum by (rota) (rate(pedidos_total{servico=~"a|sum", x!="pedidos"}[$__rate_interval] offset 5m)) / on (rota) (max(outra) > bool 0)';
    expect(readPromql(text)).toEqual({
      series: ['pedidos_total', 'outra'],
      labels: ['rota', 'servico', 'x'],
    });
  });

  it.each(['sum(', 'rate(a[5m]', 'a{b=c}', ''])('refuses %j', (text) => {
    expect(() => readPromql(text)).toThrow(SyntaxError);
  });
});

describe('deploy/prometheus', () => {
  it('asks each process of docker-compose.yml that measures itself, where it does', () => {
    const targets = prometheus.scrape_configs.flatMap((job) =>
      job.static_configs.flatMap(({ targets }) => targets),
    );
    const measuring = Object.entries(readComposeFile().services)
      .filter(([, { environment }]) => environment.METRICS_PORT)
      .map(([name, { environment }]) => `${name}:${environment.METRICS_PORT}`);
    expect([...targets].sort()).toEqual(measuring.sort());
    expect(targets).toHaveLength(Object.keys(subgraphs).length + 1);
    expect(prometheus.rule_files).toEqual(['rules.yml']);
  });

  it('finds in a cluster the pods that measure themselves, by the port that they name', () => {
    const [{ relabel_configs: relabel }] = (
      parse(read('deploy/prometheus/kubernetes.yml')) as {
        readonly scrape_configs: readonly [
          { readonly relabel_configs: readonly { source_labels: readonly string[]; regex?: string }[] },
        ];
      }
    ).scrape_configs;
    const kept = (label: string) =>
      relabel.find(({ source_labels: [of] }) => of === `__meta_kubernetes_pod_${label}`)?.regex;
    const measuring = pods.filter(({ kind }) => kind === 'Deployment');
    expect(measuring.length).toBe(Object.keys(subgraphs).length + 1);
    for (const { spec, annotations } of measuring) {
      expect(annotations['prometheus.io/scrape']).toBe(kept('annotation_prometheus_io_scrape'));
      expect(spec.containers[0]!.ports).toContainEqual({
        name: kept('container_port_name'),
        containerPort: 9464,
      });
    }
  });

  it('has an example of each alert, and a section on what to do', () => {
    const examples = read('deploy/prometheus/rules.test.yml');
    const sections = [...read('docs/operations.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
    for (const { alert, labels, annotations } of alerts) {
      expect(examples).toContain(`alertname="${alert}", severity="${labels?.severity}"`);
      expect(['critical', 'warning']).toContain(labels?.severity);
      expect(annotations).toEqual({
        summary: expect.stringMatching(/\w/),
        description: expect.stringMatching(/\.$/),
        runbook: `docs/operations.md#${alert!.toLowerCase()}`,
      });
    }
  });
});

describe('deploy/grafana', () => {
  const sources = (
    parse(read('deploy/grafana/provisioning/datasources/teia.yml')) as {
      readonly datasources: readonly { readonly uid: string; readonly type: string; readonly url: string }[];
    }
  ).datasources;

  it('asks services that there are', () => {
    const services = Object.keys(readComposeFile().services);
    for (const { url } of sources) expect(services).toContain(new URL(url).hostname);
  });

  it.each([...dashboards])(
    'draws %s from sources that there are, each panel in its place',
    (_, { panels }) => {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      for (const { datasource, targets } of panels) {
        expect(sources).toContainEqual(expect.objectContaining(datasource));
        expect(targets.length).toBeGreaterThan(0);
        expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      }
      const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_place, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
      );
      expect(new Set(places).size).toBe(places.length);
      for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    },
  );

  it('gives each dashboard an address of its own', () => {
    expect(new Set([...dashboards.values()].map(({ uid }) => uid)).size).toBe(dashboards.size);
  });
});

describe('rules and dashboards', () => {
  it('ask only for what is measured', () => {
    expect(neededSeries.length).toBeGreaterThan(20);
    // start-split.e2e.test.ts looks for these and those of every process where Prometheus does.
    const ours = neededSeries.filter((name) => !/^(process|nodejs)_/.test(name));
    expect(ours.filter((name) => !measured.has(name))).toEqual([]);
  });

  it.each(expressions)('pick by labels that there are: $where', ({ series, labels }) => {
    const known = [...added, ...series.flatMap((name) => measured.get(name) ?? [])];
    expect(labels.filter((label) => !known.includes(label))).toEqual([]);
  });
});
