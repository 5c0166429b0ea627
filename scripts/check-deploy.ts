import { spawnSync } from 'node:child_process';
import { fromRoot } from '../platform/project-root';

const checks = [
  ['check', 'config', 'deploy/prometheus/prometheus.yml'],
  ['test', 'rules', 'deploy/prometheus/rules.test.yml'],
];

/** Has Prometheus' own tool read its settings and rules, and try the rules on the examples beside them. */
const main = () => {
  for (const parameters of checks) {
    const { error, status } = spawnSync('promtool', parameters, { cwd: fromRoot(), stdio: 'inherit' });
    if (error) {
      console.error(
        `Falta o promtool (${error.message}): no Debian está no pacote prometheus, que traz também o servidor ` +
          '(sem instalar: apt-get download prometheus && dpkg -x prometheus_*.deb <pasta>).',
      );
    }
    if (status !== 0) {
      process.exitCode = 1;
      return;
    }
  }
};

main();
