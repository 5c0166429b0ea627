import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for data that go with the run. As root the database has a user of its own, who must get in. */
export const temporaryFolder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'teia-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};
