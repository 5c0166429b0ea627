import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { fromRoot } from '../../platform/project-root';

type Labels = Readonly<Record<string, string>>;
type Key = { readonly name: string; readonly key: string };

export type Container = {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef: Key };
  }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [field: string]: unknown;
};

export type PodSpec = {
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
  readonly [field: string]: unknown;
};

export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Labels };
  // biome-ignore lint/suspicious/noExplicitAny: of each kind another, as the schemas say.
  readonly spec?: any;
  readonly data?: Readonly<Record<string, string>>;
};

const folder = fromRoot('deploy/kubernetes');

export const kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as {
  readonly resources: readonly string[];
  readonly images: readonly { readonly name: string }[];
};

export const manifestFiles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.yaml') && file !== 'kustomization.yaml',
);

export const manifests = manifestFiles.flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS() as Manifest),
);

export const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

const templateOf = ({ kind, spec }: Manifest) =>
  kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;

/** Every pod that the manifests lead to, by the name of what makes it. */
export const pods = ['Deployment', 'Job', 'CronJob'].flatMap(ofKind).map((manifest) => {
  const { metadata, spec } = templateOf(manifest) as {
    metadata: { labels: Labels; annotations?: Labels };
    spec: PodSpec;
  };
  const { labels, annotations = {} } = metadata;
  return { name: manifest.metadata.name, kind: manifest.kind, labels, annotations, spec };
});
