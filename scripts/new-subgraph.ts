import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fromRoot } from '../platform/project-root';
import { writeSubgraph } from './new-subgraph-files';
import { readNames } from './new-subgraph-names';

const main = async () => {
  const names = readNames(process.argv.slice(2));
  const files = await writeSubgraph(fromRoot(), names, new Date());
  // Line breaks and the order of imports depend on how long the names are.
  await promisify(execFile)(
    'npx',
    ['biome', 'check', '--write', ...files.filter((file) => file.endsWith('.ts'))],
    {
      cwd: fromRoot(),
    },
  );
  console.log(files.join('\n'));
  console.log(`
A seguir:
  npm run build && npm run schema
  npx jest subgraphs/${names.name} subgraphs/repositories subgraphs/row-security
  npm start`);
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
