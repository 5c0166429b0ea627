import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const findUp = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : findUp(dirname(folder));

/** The folder of package.json, whether this runs from source or from `dist`. */
const projectRoot = findUp(__dirname);

/** A path inside the project. */
export const fromRoot = (...parts: string[]): string => join(projectRoot, ...parts);
