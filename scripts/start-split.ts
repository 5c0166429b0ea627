import { ConfigError, essentialToUsuarios, readConfig, requireInProduction } from '../platform/config';
import { log } from '../platform/log';
import { type OnClose, runProcess } from '../platform/run-process';
import { readComposeFile } from './compose-file';
import { environmentOf, type Machine } from './start-split/environment';
import { keepRunning } from './start-split/keep-running';
import { prepareMachine } from './start-split/machine';
import { type ServiceProcess, startService } from './start-split/service-process';

const HEALTH_TIMEOUT_MS = 2_000;

const router = 'router';
const migration = 'migrar';

const compose = readComposeFile();
const subgraphs = Object.keys(compose.services).filter(
  (name) => compose.services[name]?.environment.SUBGRAPH,
);

const width = Math.max(...[router, migration, ...subgraphs].map(({ length }) => length));

const onStep = (step: string) => log.info(step);

const start = (machine: Machine, name: string): ServiceProcess => {
  const { command = [], stop_grace_period = 0 } = compose.services[name] ?? {};
  return startService({
    command,
    environment: environmentOf(compose, machine, name),
    folder: machine.dataDir,
    stopGraceMs: stop_grace_period,
    onLine: (line) => process.stdout.write(`${name.padEnd(width)} | ${line}\n`),
  });
};

const answers = (url: string) => () =>
  fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Starts services that do not wait for each other, and ends once all are ready. */
const serve = async (machine: Machine, names: readonly string[], onClose: OnClose): Promise<void> => {
  const services = names.map((name) => {
    const url = `http://localhost:${machine.ports.get(name)}`;
    onStep(`${name}: métricas em http://localhost:${machine.metricsPorts.get(name)}/metrics`);
    return keepRunning({
      name: `${name} em ${url}`,
      start: () => start(machine, name),
      isReady: answers(`${url}/health/ready`),
      onStep,
    });
  });
  onClose(async () => {
    await Promise.all(services.map(({ stop }) => stop()));
  });
  await Promise.all(services.map(({ ready }) => ready));
};

const migrate = async (machine: Machine, onClose: OnClose): Promise<void> => {
  // Otherwise somebody else prepares the databases, and each subgraph checks its own.
  if (!machine.databaseAdminUrl) return;
  const job = start(machine, migration);
  onClose(job.end);
  const how = await job.ended;
  if (how !== 0) throw new ConfigError(`${migration} não terminou bem (${how}).`);
};

/** Everything that docker-compose.yml runs from our image, as processes of this machine. */
const startAll = async (onClose: OnClose): Promise<void> => {
  const config = readConfig();
  requireInProduction(config, ['DATABASE_URL', 'TEIA_CHAVES_INTERNAS', ...essentialToUsuarios]);
  const { machine, stop } = await prepareMachine({ config, listening: [router, ...subgraphs], onStep });
  onClose(stop);
  await migrate(machine, onClose);
  await serve(machine, subgraphs, onClose);
  await serve(machine, [router], onClose);
};

runProcess({
  name: 'Teia',
  start: startAll,
  present: () => onStep('Cada subgrafo é um processo; Ctrl-C encerra todos.'),
});
