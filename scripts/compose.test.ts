import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { requestTimeout } from '../platform/http/http-app';
import { fromRoot } from '../platform/project-root';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';
import { subgraphs } from '../subgraphs';
import { parseComposeFile, readComposeFile } from './compose-file';

type RawService = Readonly<Record<string, unknown>> & {
  readonly build?: unknown;
  readonly image: string;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly volumes?: readonly (string | object)[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>> | readonly string[];
  readonly entrypoint?: readonly string[];
  readonly healthcheck: { readonly test?: readonly string[]; readonly disable?: boolean };
};
type RawFile = {
  readonly services: Readonly<Record<string, RawService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
};

const raw = parseComposeFile() as RawFile;
const { services } = readComposeFile();

const names = Object.keys(services);
const domains = Object.keys(subgraphs);
/** What runs once and ends. */
const jobs = ['migrar', 'copiar'];
const monitoring = ['grafana', 'jaeger', 'prometheus'];
const ours = [...domains, 'router', ...jobs];

const variablesOf = (name: string) => Object.entries(services[name]!.environment);
const whoHas = (variable: string) => names.filter((name) => services[name]!.environment[variable]).sort();

const texts = (value: unknown): string[] => {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(texts);
  return [String(value)];
};
/** Each `${NAME…}` of the file, in its parts. */
const interpolations = [...new Set(texts(raw))].flatMap((text) =>
  [...text.matchAll(/(?<!\$)\$\{?(\w+)(:?[-?+])?([^}]*)\}?/g)].map(([, name = '', operator, rest = '']) => ({
    name,
    operator,
    rest,
  })),
);
const isSecret = (name: string) => /PASSWORD|SENHA|SECRET|TOKEN|CHAVE|AUTH/.test(name);

/** The password of a service that not everybody runs: docker compose asks for what it is told to whatever is started. */
const askedByGrafana = 'GRAFANA_SENHA';

const schemaOfSpecification = () => {
  const folder = join(dirname(require.resolve('dclint/package.json')), 'schemas');
  const { $schema: _, ...schema } = JSON.parse(readFileSync(join(folder, 'compose.schema.json'), 'utf8'));
  return schema;
};

describe('docker-compose.yml', () => {
  it('is of the compose specification', () => {
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
      schemaOfSpecification(),
    );
    validate(raw);
    expect(validate.errors).toBeNull();
    const wrong = { ...raw, services: { ...raw.services, outro: { imagem: 'x' } } };
    expect(validate(wrong)).toBe(false);
  });

  it('has a service for each subgraph, and for nothing that is none', () => {
    expect(names.sort()).toEqual([...ours, ...monitoring, 'postgres', 'redis', 'correio'].sort());
    expect(names.filter((name) => raw.services[name]!.build).sort()).toEqual([...ours].sort());
    expect(whoHas('SUBGRAPH')).toEqual([...domains].sort());
    for (const name of domains) expect(services[name]!.environment.SUBGRAPH).toBe(name);
  });

  it('runs our services from one image, and files that exist', () => {
    expect(new Set(ours.map((name) => raw.services[name]!.image)).size).toBe(1);
    for (const name of ours) {
      const [program, file = ''] = services[name]!.command;
      expect(program).toBe('node');
      expect(existsSync(fromRoot(file.replace(/^dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
    }
  });

  it('has in the image the files that its programs read', () => {
    const programs = ['platform', 'router', 'subgraphs'].flatMap((folder) =>
      readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.test|-fixture)\.ts$/.test(file) && !file.includes('testing/'))
        .map((file) => readFileSync(fromRoot(folder, file), 'utf8')),
    );
    const read = programs.flatMap((text) =>
      [...text.matchAll(/fromRoot\(((?:'[^']+'(?:, )?)+)\)/g)].map(([, parts = '']) =>
        parts.replaceAll("'", '').split(', ').join('/'),
      ),
    );
    const [image = ''] = readFileSync(fromRoot('deploy/Dockerfile'), 'utf8')
      .split(/^FROM /m)
      .slice(-1);
    const copied = [...image.matchAll(/^COPY (?:--from=\w+ (?:\/app\/)?)?(\S+)/gm)].map(([, file]) => file);
    expect(read).toContain('schema/supergraph.graphql');
    expect(new Set(read).size).toBeGreaterThan(3);
    expect([...new Set(read)].filter((file) => !copied.includes(file))).toEqual([]);
  });

  it('has no secret with a default, nor any in plain sight', () => {
    const asked = interpolations.filter(({ name }) => isSecret(name) && name !== askedByGrafana);
    expect(asked.length).toBeGreaterThan(3);
    for (const { name, operator, rest } of asked) {
      expect([name, operator]).toEqual([name, ':?']);
      expect(rest).toMatch(/\w/);
    }
    for (const [name, value] of names.flatMap(variablesOf)) {
      if (value === `\${${askedByGrafana}:-}`) continue;
      const [, password] = /:\/\/[^/]*?:([^/]*)@/.exec(value) ?? [];
      if (password !== undefined) expect(password).toMatch(/^\$\{\w+:\?[^}]+\}$/);
      if (isSecret(name)) expect(value).toMatch(/^(\$\{\w+:\?[^}]+\}|\/run\/chaves\/.+)$/);
    }
  });

  it('starts without a password of Grafana, and Grafana does not', () => {
    const { entrypoint, environment } = raw.services.grafana!;
    expect(environment).toMatchObject({ GF_SECURITY_ADMIN_PASSWORD: `\${${askedByGrafana}:-}` });
    const [shell = '', ...parameters] = entrypoint!.map((part) =>
      part.replaceAll('$$', '$').replace('/run.sh', 'echo started'),
    );
    const start = (GF_SECURITY_ADMIN_PASSWORD: string) =>
      spawnSync(shell, parameters, {
        env: { PATH: process.env.PATH, GF_SECURITY_ADMIN_PASSWORD },
        encoding: 'utf8',
      });
    expect(start('segredo')).toMatchObject({ status: 0, stdout: 'started\n' });
    const { status, stdout, stderr } = start('');
    expect([status === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain(`defina ${askedByGrafana} em .env`);
  });

  it('keeps each secret to whom it is for', () => {
    expect(whoHas('TEIA_CHAVES')).toEqual(['usuarios']);
    expect(whoHas('TEIA_ADMIN_SENHA')).toEqual(['usuarios']);
    expect(whoHas('DATABASE_ADMIN_URL')).toEqual([...jobs].sort());
    expect(whoHas('TEIA_CHAVES_INTERNAS')).toEqual([...domains, 'router'].sort());
    expect(whoHas('DATABASE_URL')).toEqual([...domains, ...jobs].sort());
    for (const name of ours) {
      const folders = variablesOf(name).flatMap(
        ([, value]) => /^(\/run\/chaves\/.+)\/chaves\.json$/.exec(value)?.[1] ?? [],
      );
      expect([...services[name]!.volumes.keys()].sort()).toEqual(folders.sort());
    }
  });

  it('shows services folders of the host to read only, and none that is not there', () => {
    for (const name of names) {
      const mounted = (raw.services[name]!.volumes ?? []).filter((volume) => typeof volume === 'object');
      for (const volume of mounted) {
        expect(volume).toMatchObject({ type: 'bind', read_only: true, bind: { create_host_path: false } });
      }
    }
    for (const name of monitoring) {
      for (const folder of services[name]!.volumes.values()) expect(existsSync(fromRoot(folder))).toBe(true);
    }
  });

  it("takes settings from one file for all of Teia's own, from none for others", () => {
    const file = { path: 'deploy/segredos/ajustes.env', required: false };
    for (const name of names) {
      expect(raw.services[name]!.env_file).toEqual(ours.includes(name) ? [file] : undefined);
    }
  });

  it('gives our services only settings that there are, and asks under names that are none', () => {
    const explained = readFileSync(fromRoot('.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm);
    const settings = [...[...explained].map(([, name]) => name), ...domains.map(subgraphUrlSetting)];
    for (const name of ours) {
      const unknown = variablesOf(name).filter(([variable]) => !settings.includes(variable));
      expect(unknown).toEqual([]);
    }
    // Otherwise what .env says for the containers would change `npm start` as well.
    expect(interpolations.filter(({ name }) => settings.includes(name))).toEqual([]);
  });

  it('sends each process to every other domain where it answers', () => {
    for (const name of [...domains, 'router']) {
      for (const domain of domains) {
        const url = `http://${domain}:${services[domain]!.environment.PORT}`;
        expect(services[name]!.environment[subgraphUrlSetting(domain)]).toBe(url);
      }
    }
  });

  it('measures every process that stays, and lets others reach it in its container', () => {
    expect(whoHas('METRICS_PORT')).toEqual([...domains, 'router'].sort());
    expect(readFileSync(fromRoot('deploy/Dockerfile'), 'utf8')).toMatch(/^ENV .*\bTEIA_HOST=0\.0\.0\.0$/m);
  });

  it('publishes the router, on this machine only unless told, and pages for people on this machine alone', () => {
    expect(names.filter((name) => raw.services[name]!.ports).sort()).toEqual([
      'correio',
      'grafana',
      'router',
    ]);
    expect(raw.services.correio!.ports).toEqual(['127.0.0.1:8025:8025']);
    expect(raw.services.grafana!.ports).toEqual(['127.0.0.1:3001:3000']);
    const { PORT } = services.router!.environment;
    expect(raw.services.router!.ports).toEqual([`\${PUBLICAR_EM:-127.0.0.1:4000}:${PORT}`]);
  });

  it('believes no proxy unless told, and lets only the router do so', () => {
    expect(whoHas('TEIA_PROXIES')).toEqual(['router']);
    expect(services.router!.environment.TEIA_PROXIES).toMatch(/^\$\{PROXIES:-\}$/);
  });

  it('lets the router reach the subgraphs and of their stores Redis alone, and those nothing outside', () => {
    const shared = (one: string, other: string) =>
      raw.services[one]!.networks.filter((network) => raw.services[other]!.networks.includes(network));
    expect(shared('router', 'postgres')).toEqual([]);
    expect(shared('router', 'redis')).toEqual(['sinais']);
    expect(names.filter((name) => raw.services[name]!.networks.includes('sinais')).sort()).toEqual([
      'redis',
      'router',
    ]);
    for (const domain of domains) {
      for (const other of ['router', 'postgres', 'redis']) expect(shared(domain, other)).toHaveLength(1);
    }
    const open = Object.keys(raw.networks).filter((network) => !raw.networks[network]?.internal);
    const reachedBy = open.map((network) => [
      network,
      names.filter((name) => raw.services[name]!.networks.includes(network)).sort(),
    ]);
    expect(Object.fromEntries(reachedBy)).toEqual({
      borda: ['router'],
      correio: ['correio', 'usuarios'],
      painel: ['grafana'],
    });
    for (const name of ['router', 'postgres', 'redis', ...domains])
      expect(shared('grafana', name)).toEqual([]);
    for (const name of ['postgres', 'redis']) {
      for (const other of monitoring) expect(shared(other, name)).toEqual([]);
    }
  });

  it('has to be told how messages are delivered, and starts what only shows them where that is asked for', () => {
    expect(services.usuarios!.environment).toMatchObject({
      SMTP_URL: expect.stringMatching(/^\$\{CORREIO_URL:\?[^}]+\}$/),
      TEIA_APP_URL: expect.stringMatching(/^\$\{APP_URL:\?[^}]+\}$/),
    });
    for (const setting of ['SMTP_URL', 'TEIA_APP_URL', 'TEIA_EMAIL_REMETENTE']) {
      expect(whoHas(setting)).toEqual(['usuarios']);
    }
  });

  it('starts unasked only what serves', () => {
    const inProfile = (profile: string) =>
      names.filter((name) => raw.services[name]!.profiles?.includes(profile)).sort();
    expect(inProfile('correio')).toEqual(['correio']);
    expect(inProfile('monitoramento')).toEqual(monitoring);
    expect(inProfile('copia')).toEqual(['copiar']);
    const unasked = names.filter((name) => !raw.services[name]!.profiles);
    expect(unasked.sort()).toEqual([...domains, 'router', 'migrar', 'postgres', 'redis'].sort());
  });

  it('keeps measurements and traces from growing without end', () => {
    expect(services.prometheus!.command).toContainEqual(expect.stringMatching(/retention\.size=\d+GB$/));
    expect(services.jaeger!.command).toContainEqual(expect.stringMatching(/max_traces=\d+$/));
  });

  it.each(names)('confines %s', (name) => {
    expect(raw.services[name]).toMatchObject({
      image: expect.stringMatching(/:/),
      user: expect.stringMatching(/^(?!0\b|root\b)\w+/),
      init: true,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      cpus: expect.any(Number),
      mem_limit: expect.stringMatching(/^\d+[mg]$/),
      pids_limit: expect.any(Number),
    });
    expect(raw.services[name]).not.toHaveProperty('privileged');
    expect(raw.services[name]).not.toHaveProperty('cap_add');
  });

  it.each(names.filter((name) => !jobs.includes(name)))('watches over %s and starts it again', (name) => {
    expect(raw.services[name]!.healthcheck.test?.length).toBeGreaterThan(1);
    expect(services[name]!.restart).toBe('unless-stopped');
  });

  it('migrates once, before any subgraph starts', () => {
    for (const name of jobs) {
      expect(services[name]!.restart).toBe('no');
      expect(raw.services[name]!.healthcheck.disable).toBe(true);
    }
    for (const domain of domains) {
      expect(raw.services[domain]!.depends_on).toMatchObject({
        migrar: { condition: 'service_completed_successfully' },
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
  });

  it('stops the router before the subgraphs, and waits for what is in flight', () => {
    expect([...(raw.services.router!.depends_on as string[])].sort()).toEqual([...domains].sort());
    for (const name of ours) expect(services[name]!.stop_grace_period).toBeGreaterThan(requestTimeout);
  });

  it('has a Redis that forgets nothing that it acknowledged', () => {
    const command = services.redis!.command.join(' ');
    for (const option of [
      '--appendonly yes',
      '--appendfsync always',
      '--maxmemory-policy noeviction',
      'requirepass $$REDISCLI_AUTH',
    ])
      expect(command).toContain(option);
  });
});
