import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../../platform/project-root';
import { readPromql } from './promql';

const read = (file: string) => readFileSync(fromRoot('deploy', file), 'utf8');

export type Rule = {
  readonly expr: string;
  readonly record?: string;
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
};
type RulesFile = { readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[] };

const rulesOf = (file: string): Rule[] =>
  (parse(read(`prometheus/${file}`)) as RulesFile).groups.flatMap((group) => group.rules);

/** deploy/prometheus/rules.yml */
export const rules = rulesOf('rules.yml');

/** Those that ask for what a cluster measures. */
export const kubernetesRules = rulesOf('kubernetes-rules.yml');

export type Panel = {
  readonly id: number;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly targets: readonly { readonly refId: string; readonly expr: string }[];
};
export type Dashboard = { readonly uid: string; readonly title: string; readonly panels: readonly Panel[] };

/** deploy/grafana/dashboards/*.json, by file. */
export const dashboards: ReadonlyMap<string, Dashboard> = new Map(
  readdirSync(fromRoot('deploy/grafana/dashboards')).map((file) => [
    file,
    JSON.parse(read(`grafana/dashboards/${file}`)) as Dashboard,
  ]),
);

/** What each expression of a rule or a dashboard asks for, by where it is written. */
export const expressions = [
  ...rules.map(({ alert, record, expr }) => ({ where: `rules.yml: ${alert ?? record}`, expr })),
  ...[...dashboards].flatMap(([file, { panels }]) =>
    panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: `${file}: ${title}`, expr }))),
  ),
].map(({ where, expr }) => ({ where, ...readPromql(expr) }));

/** Prometheus itself makes the first, and the rules the others. */
const madeHere = new Set(['up', ...rules.flatMap(({ record }) => record ?? [])]);

/** The series that processes of Teia have to tell, so that each rule and panel has something to show. */
export const neededSeries = [...new Set(expressions.flatMap(({ series }) => series))].filter(
  (name) => !madeHere.has(name),
);
