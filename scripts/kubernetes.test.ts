import { existsSync, readFileSync } from 'node:fs';
import { requestTimeout } from '../platform/http/http-app';
import { fromRoot } from '../platform/project-root';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';
import { subgraphs } from '../subgraphs';
import { readComposeFile } from './compose-file';
import {
  type Container,
  kustomization,
  type Manifest,
  manifestFiles,
  manifests,
  ofKind,
  pods,
} from './testing/kubernetes';
import { problemsOf } from './testing/kubernetes-schema';

const read = (file: string) => readFileSync(fromRoot(file), 'utf8');

const domains = Object.keys(subgraphs);
const { services } = readComposeFile();
const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name).sort();
const named = (kind: string) => names(ofKind(kind).map(({ metadata }) => metadata));
const configMap = (name: string) =>
  ofKind('ConfigMap').find(({ metadata }) => metadata.name === name)?.data ?? {};
const containerOf = (name: string) => pods.find((pod) => pod.name === name)!.spec.containers[0]!;

/** What a container finds in its environment; of secrets, which one and where in it. */
const environmentOf = ({ env = [], envFrom = [] }: Container): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...envFrom.map(({ configMapRef }) => configMap(configMapRef.name)),
    ...env.map(({ name, value, valueFrom }) => ({
      [name]: value ?? `${valueFrom?.secretKeyRef.name}/${valueFrom?.secretKeyRef.key}`,
    })),
  );

const covers = (selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

const changed = (manifest: Manifest, change: (copy: Record<string, never>) => void): Manifest => {
  const copy = structuredClone(manifest);
  change(copy as unknown as Record<string, never>);
  return copy;
};

describe('deploy/kubernetes', () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    'is what the API of Kubernetes takes: %s',
    (_, manifest) => {
      expect(problemsOf(manifest)).toEqual([]);
    },
  );

  it('would be refused with a field misspelt, of another type or left out', () => {
    const router = ofKind('Deployment').find(({ metadata }) => metadata.name === 'router')!;
    const of = (change: (container: Record<string, unknown>, pod: Record<string, unknown>) => void) =>
      problemsOf(
        changed(router, (copy) => {
          const pod = (copy.spec as unknown as { template: { spec: Record<string, unknown> } }).template.spec;
          change((pod.containers as Record<string, unknown>[])[0]!, pod);
        }),
      );
    expect(of((container) => Object.assign(container, { livenesProbe: {} }))).toEqual([
      '/spec/template/spec/containers/0/livenesProbe is unknown',
    ]);
    expect(of((container) => Object.assign(container.securityContext as object, { readOnly: true }))).toEqual(
      ['/spec/template/spec/containers/0/securityContext/readOnly is unknown'],
    );
    expect(of((_container, pod) => Object.assign(pod, { terminationGracePeriodSeconds: '60' }))[0]).toMatch(
      /terminationGracePeriodSeconds must be integer/,
    );
    expect(of((container) => delete container.name)[0]).toMatch(/name/);
    expect(problemsOf({ ...router, apiVersion: 'apps/v1', kind: 'Deploiment' })).toHaveLength(1);
  });

  it('is applied whole, once each', () => {
    expect([...kustomization.resources].sort()).toEqual([...manifestFiles].sort());
    const all = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(all).size).toBe(all.length);
    const images = pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image));
    expect(new Set(images)).toEqual(new Set(names(kustomization.images)));
  });

  it('has what serves each subgraph and the router, and what keeps one of them there', () => {
    const serving = [...domains, 'router'].sort();
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget']) expect(named(kind)).toEqual(serving);
    expect(named('Job')).toEqual(['migrar']);
    expect(named('CronJob')).toEqual(['copiar']);
    for (const { metadata, spec } of ofKind('Deployment')) {
      const pod = pods.find(({ name }) => name === metadata.name)!;
      expect(covers(spec.selector.matchLabels, pod.labels)).toBe(true);
      expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    }
    for (const { metadata, spec } of [...ofKind('Service'), ...ofKind('PodDisruptionBudget')]) {
      const chosen = pods.filter(({ labels }) => covers(spec.selector.matchLabels ?? spec.selector, labels));
      expect(names(chosen)).toEqual([metadata.name]);
    }
    for (const { spec } of ofKind('PodDisruptionBudget')) expect(spec.minAvailable).toBe(1);
  });

  it.each(domains)('has for %s what npm run new:subgraph makes, and what is its own', (domain) => {
    const template = read('scripts/new-subgraph/deploy/kubernetes/subgrafos/NAME.yaml.template');
    const made = template.replaceAll('{{name}}', domain).split('\n');
    for (const line of read(`deploy/kubernetes/subgrafos/${domain}.yaml`).split('\n')) {
      if (line === made[0]) made.shift();
    }
    expect(made).toEqual([]);
  });

  it('runs two of each at least, of the router as many as it takes', () => {
    for (const { metadata, spec } of ofKind('Deployment')) {
      if (metadata.name === 'router') expect(spec).not.toHaveProperty('replicas');
      else expect(spec.replicas).toBe(2);
    }
    const [scaler, ...others] = ofKind('HorizontalPodAutoscaler');
    expect(others).toEqual([]);
    expect(scaler!.spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'router' },
      minReplicas: 2,
    });
  });

  it('runs the commands of docker-compose.yml with the same settings', () => {
    expect(names(pods)).toEqual([...domains, 'router', 'migrar', 'copiar'].sort());
    for (const { name } of pods) {
      const container = containerOf(name);
      expect(container.command).toEqual(services[name]!.command);
      expect(existsSync(fromRoot(container.command[1]!.replace(/^dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
      const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...given } = environmentOf(container);
      expect(Object.keys(given).sort()).toEqual(Object.keys(services[name]!.environment).sort());
    }
    for (const key of [
      'NODE_ENV',
      'PORT',
      'METRICS_PORT',
      'TEIA_CHAVES',
      'TEIA_CHAVES_INTERNAS',
      'SUBGRAPH',
    ]) {
      for (const { name } of pods) {
        expect(environmentOf(containerOf(name))[key]).toBe(services[name]!.environment[key]);
      }
    }
  });

  it('names only settings that there are', () => {
    const explained = read('.env.example').matchAll(/^#? ?([A-Z_]+)=/gm);
    const settings = [...[...explained].map(([, name]) => name), ...domains.map(subgraphUrlSetting)];
    const used = pods.flatMap(({ name }) => Object.keys(environmentOf(containerOf(name))));
    expect([...new Set(used)].filter((name) => !settings.includes(name))).toEqual([]);
  });

  it('sends each process to every domain where it answers, whichever pod that is', () => {
    for (const domain of domains) {
      const service = ofKind('Service').find(({ metadata }) => metadata.name === domain)!.spec;
      expect(service.clusterIP).toBe('None');
      const [{ port, targetPort }] = service.ports;
      expect(configMap('teia')[subgraphUrlSetting(domain)]).toBe(`http://${domain}:${port}`);
      const listening = containerOf(domain).ports!.find(({ name }) => name === targetPort)!;
      // A name leads to the pods themselves: nothing stands between that could translate ports.
      expect([listening.containerPort, environmentOf(containerOf(domain)).PORT]).toEqual([
        port,
        String(port),
      ]);
    }
  });

  it('has no secret in plain sight, and keeps each to whom it is for', () => {
    expect(named('Secret')).toEqual([]);
    const whoHas = (key: string) => names(pods.filter(({ name }) => environmentOf(containerOf(name))[key]));
    for (const { name } of pods) {
      for (const [key, value] of Object.entries(environmentOf(containerOf(name)))) {
        if (/DATABASE|REDIS|SMTP|ADMIN/.test(key)) expect(value).toMatch(new RegExp(`^teia-[a-z-]+/${key}$`));
      }
    }
    expect(whoHas('DATABASE_ADMIN_URL')).toEqual(['copiar', 'migrar']);
    expect(whoHas('DATABASE_URL')).toEqual([...domains, 'copiar', 'migrar'].sort());
    expect(whoHas('TEIA_ADMIN_SENHA')).toEqual(['usuarios']);
    const mounted = (secret: string) =>
      names(pods.filter(({ spec }) => spec.volumes.some((volume) => volume.secret?.secretName === secret)));
    expect(mounted('teia-chaves-de-assinatura')).toEqual(['usuarios']);
    expect(mounted('teia-chaves-internas')).toEqual([...domains, 'router'].sort());
    const told = read('docs/operations.md');
    const asked = pods.flatMap(({ name, spec }) => [
      ...spec.volumes.flatMap(({ secret }) => secret?.secretName ?? []),
      ...(containerOf(name).env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef.name ?? []),
    ]);
    for (const secret of new Set(asked)) expect(told).toContain(`generic ${secret} `);
  });

  it.each(pods)('confines $name', ({ spec }) => {
    expect(ofKind('Namespace')[0]!.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const [container, ...others] = spec.containers;
    expect(others).toEqual([]);
    expect(container).toMatchObject({
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: {
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { cpu: expect.any(String), memory: expect.any(String) },
      },
    });
    expect(names(container!.volumeMounts)).toEqual(names(spec.volumes));
    expect(JSON.stringify(spec)).not.toMatch(/hostPath|hostNetwork|hostPID|privileged|SYS_/);
  });

  it.each(pods.filter(({ kind }) => kind === 'Deployment'))(
    'asks $name how it is, and lets it end what it began',
    ({ spec }) => {
      const container = spec.containers[0]!;
      const port = container.ports![0]!.name;
      expect(container).toMatchObject({
        startupProbe: { httpGet: { path: '/health/live', port } },
        livenessProbe: { httpGet: { path: '/health/live', port } },
        readinessProbe: { httpGet: { path: '/health/ready', port } },
      });
      const before = container.lifecycle!.preStop.sleep.seconds;
      expect(before).toBeGreaterThan(5);
      expect(spec.terminationGracePeriodSeconds! * 1_000).toBeGreaterThan(before * 1_000 + requestTimeout);
    },
  );

  it('ends a backup that takes too long, as nicely as docker compose', () => {
    const { spec } = ofKind('CronJob')[0]!.spec.jobTemplate;
    expect(spec.activeDeadlineSeconds).toBeLessThan(24 * 3_600);
    const { terminationGracePeriodSeconds } = pods.find(({ name }) => name === 'copiar')!.spec;
    expect(terminationGracePeriodSeconds! * 1_000).toBe(services.copiar!.stop_grace_period);
  });

  it('lets nobody reach anything that no policy names, and names only what there is', () => {
    const policies = ofKind('NetworkPolicy');
    expect(policies).toContainEqual(
      expect.objectContaining({ spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }),
    );
    const reaching = (port: number, direction: 'ingress' | 'egress') =>
      policies
        .filter(({ spec }) => JSON.stringify(spec[direction] ?? []).includes(`"port":${port}}`))
        .flatMap(({ spec }) =>
          pods.filter(({ labels }) => covers(spec.podSelector.matchLabels ?? {}, labels)),
        );
    expect(names(reaching(5432, 'egress'))).toEqual([...domains, 'copiar', 'migrar'].sort());
    expect(names(reaching(6379, 'egress'))).toEqual([...domains, 'copiar', 'router'].sort());
    expect(names(reaching(587, 'egress'))).toEqual(['usuarios']);
    expect(names(reaching(4000, 'ingress'))).toEqual(['router']);
    expect(names(reaching(4001, 'ingress'))).toEqual([...domains].sort());
    expect([...new Set(names(reaching(4001, 'egress')))]).toEqual([...domains, 'router'].sort());
    const selectors = policies.flatMap(({ spec }) =>
      [spec, ...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap((rule) =>
        [rule.podSelector, ...(rule.from ?? []), ...(rule.to ?? [])].flatMap(
          (peer) => (peer?.podSelector ?? peer)?.matchLabels ?? [],
        ),
      ),
    );
    for (const selector of selectors) expect(pods.some(({ labels }) => covers(selector, labels))).toBe(true);
  });
});
