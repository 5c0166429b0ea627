import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fromRoot } from '../../platform/project-root';

const folder = fromRoot('bench', 'peers');

/** A path inside the folder of the peers, which has a package file of its own. */
export const fromPeers = (...parts: string[]): string => fromRoot('bench', 'peers', ...parts);

/** Installs the peers when they are not there; 0.5 GB, which nobody else needs. */
export const installPeers = (): void => {
  // npm writes this file last.
  if (existsSync(fromPeers('node_modules', '.package-lock.json'))) return;
  console.log('installing the peers into bench/peers');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
};
