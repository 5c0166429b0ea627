import { readFileSync } from 'node:fs';
import { fromRoot } from './project-root';

/** Which Teia this is, as package.json says. */
export const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
  readonly version: string;
};
