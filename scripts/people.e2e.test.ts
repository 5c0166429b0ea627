import { readConfig } from '../platform/config';
import { bringUpDatabases } from '../platform/db/bring-up';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { teiaProcess } from '../router/testing/teia-process';
import { consumers } from '../subgraphs/consumers';
import { openPessoas } from '../subgraphs/usuarios/context';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let databases: Awaited<ReturnType<typeof bringUpDatabases>>;
const settings = () => ({ TEIA_DATA_DIR: folder.path });
beforeAll(async () => {
  folder = await temporaryFolder();
  const wanted = { subgraphs: ['usuarios'], destinos: Object.keys(consumers) };
  databases = await bringUpDatabases(readConfig(settings()), wanted, () => {});
});
afterAll(async () => {
  await databases.stop();
  await folder.remove();
});

const run = async (...options: string[]) => {
  const child = teiaProcess(settings(), 'scripts/people.js', options);
  return { code: await child.ended, output: child.output(), errors: child.errors() };
};

test('says whom there is nobody to deactivate, and repeats no address', async () => {
  const answer = await run('desativar', 'ninguem@exemplo.com');
  expect(answer).toMatchObject({ code: 1, errors: 'Não há ninguém a desativar com este e-mail.\n' });
  const pessoas = openPessoas(databases.urlOf('usuarios'));
  expect(await pessoas.ativar('ninguem@exemplo.com', true).finally(pessoas.stop)).toBeNull();
});

test.each([
  [[]],
  [['apagar', 'a@b.com']],
  [['desativar']],
  [['desativar', 'nada']],
  [['reativar', 'a@b.com', 'x']],
])('explains itself (%#)', async (options) => {
  const { code, errors } = await run(...options);
  expect(code).toBe(1);
  expect(errors).toMatch(/^Uso: npm run people/);
});
