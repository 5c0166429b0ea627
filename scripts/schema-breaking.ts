import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type BreakingChange, buildSchema, findBreakingChanges } from 'graphql';
import { fromRoot } from '../platform/project-root';

const api = 'schema/api.graphql';

/** What git prints, or null when it does not know what was asked for. */
const git = (...parameters: string[]): Promise<string | null> =>
  promisify(execFile)('git', parameters, { cwd: fromRoot(), maxBuffer: 2 ** 26 }).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );

/**
 * The commit to compare with: where this branch left the main branch, or the one before the last when
 * this is the main branch itself, as in a fresh clone of it.
 */
const findBase = async (): Promise<string | null> => {
  const head = await git('rev-parse', '--verify', 'HEAD');
  for (const branch of ['origin/main', 'main']) {
    const base = await git('merge-base', 'HEAD', branch);
    if (base && base !== head) return base;
  }
  return git('rev-parse', '--verify', 'HEAD^1');
};

/** Whether a commit since then says so in a footer, as Conventional Commits has it. */
const isAnnounced = (messages: string, { description }: BreakingChange): boolean =>
  messages.includes(`BREAKING CHANGE: ${description}`);

const main = async () => {
  const base = await findBase();
  const before = base && (await git('show', `${base}:${api}`));
  if (!base || !before) {
    console.log(`Nenhuma versão anterior de ${api} no ramo principal: nada a comparar.`);
    return;
  }
  const after = await readFile(fromRoot(api), 'utf8');
  const changes = findBreakingChanges(buildSchema(before), buildSchema(after));
  const messages = (await git('log', '--format=%B', `${base}..HEAD`)) ?? '';
  for (const change of changes) {
    const mark = isAnnounced(messages, change) ? 'anunciada' : 'NÃO ANUNCIADA';
    console.log(`${mark}: ${change.type}: ${change.description}`);
  }
  console.log(`${changes.length} mudança(s) incompatível(is) em ${api} desde ${base.slice(0, 12)}.`);
  if (changes.every((change) => isAnnounced(messages, change))) return;
  throw new Error(
    'Quem usa a API deixaria de funcionar. Se for mesmo a intenção, anuncie cada mudança no rodapé do commit:\n' +
      '  BREAKING CHANGE: <a descrição acima>',
  );
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
