import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromRoot } from '../platform/project-root';
import { writeSubgraph } from './new-subgraph-files';
import { readNames } from './new-subgraph-names';

const run = promisify(execFile);
const now = new Date('2030-01-02T03:04:05Z');

describe('readNames', () => {
  it('guesses the entity from the name', () => {
    expect(readNames(['contratos'])).toMatchObject({
      Name: 'Contratos',
      Entidade: 'Contrato',
      tabela: 'contrato',
    });
  });

  it('separates the words of a given entity in files and tables', () => {
    expect(readNames(['fretes', 'CotacaoFrete'])).toMatchObject({
      entidade: 'cotacaoFrete',
      'entidade-file': 'cotacao-frete',
      tabela: 'cotacao_frete',
    });
  });

  it.each([
    [],
    [''],
    ['Contratos'],
    ['a'],
    ['../fora'],
    ['com-hifen'],
    ['ação'],
    ['1fretes'],
    ['a'.repeat(32)],
    ['testing'],
    ['plataforma'],
    ['queues'],
    ['revocations'],
    ['agenda'],
    ['agenda', 'agendamento'],
    ['agenda', 'Ação'],
    ['agenda', 'A b'],
    ['fretes', 'Frete', 'mais'],
  ])('refuses %j %j', (...parameters) => {
    expect(() => readNames(parameters)).toThrow(/[Uu]so|não serve|Diga/);
  });
});

describe('a new subgraph', () => {
  let root: string;
  const sources = ['platform', 'subgraphs', 'prisma', 'scripts', 'schema', 'deploy'];
  const settings = ['package.json', 'tsconfig.json', 'jest.config.js', 'docker-compose.yml', '.env.example'];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'teia-novo-'));
    for (const part of [...sources, ...settings]) {
      await cp(fromRoot(part), join(root, part), { recursive: true });
    }
    await symlink(fromRoot('node_modules'), join(root, 'node_modules'));
    const compiled = { extends: './tsconfig.json', include: ['scripts/schema.ts', 'subgraphs/fretes'] };
    await writeFile(join(root, 'tsconfig.fretes.json'), JSON.stringify(compiled));
  });
  afterAll(() => rm(root, { recursive: true }));

  it('compiles, composes and passes its tests', async () => {
    await writeSubgraph(root, readNames(['fretes', 'CotacaoFrete']), now);
    const node = (...parameters: string[]) => run(process.execPath, parameters, { cwd: root });
    await node('scripts/prisma-generate.mjs');
    await node('node_modules/typescript/bin/tsc', '--project', 'tsconfig.fretes.json');
    await node('dist/scripts/schema.js');
    expect(await readFile(join(root, 'schema/api.graphql'), 'utf8')).toContain('criarCotacaoFrete(');
    const settings = await readFile(join(root, '.env.example'), 'utf8');
    expect(settings).toContain(', fretes.\nSUBGRAPH=');
    expect(settings).toContain(', teia_fretes.\nDATABASE_URL=');
    const { stderr } = await node(
      'node_modules/jest/bin/jest.js',
      '--roots=subgraphs',
      '--testNamePattern=otacaoFrete|fretes',
      'subgraphs/(fretes|repositories|row-security|idempotency|access)',
    );
    expect(stderr).toMatch(/Tests:.* 2[0-9] passed/);
  }, 240_000);

  it('is not made over what somebody has written for the cluster', async () => {
    const file = join(root, 'deploy/kubernetes/subgrafos/obras.yaml');
    await writeFile(file, '');
    await expect(writeSubgraph(root, readNames(['obras']), now)).rejects.toThrow('obras.yaml já existe');
    await rm(file);
  });

  it.each([
    ['fretes', 'CotacaoFrete'],
    ['clientes', 'Outra'],
    ['outros', 'Cliente'],
  ])('is not made over what is there: %s %s', async (...parameters) => {
    const list = () => readFile(join(root, 'subgraphs/index.ts'), 'utf8');
    const before = await list();
    await expect(writeSubgraph(root, readNames(parameters), now)).rejects.toThrow('já existe');
    expect(await list()).toBe(before);
  });
});
