import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { buildSchema } from 'graphql';
import type { Names } from './new-subgraph-names';

const extension = '.template';

/** A line for each list that has to know of the new subgraph, put where the list ends. */
const lines = ({ name, Entidade, entidade }: Names) => [
  { file: 'subgraphs/index.ts', end: '\n};', line: `  ${name}: () => import('./${name}'),` },
  {
    file: 'platform/permissions.ts',
    end: '\n} as const satisfies',
    line: `  '${name}:ler': { descricao: 'Ver ${name}.', comAlcance: false },
  '${name}:escrever': { descricao: 'Cadastrar e alterar ${name}.', comAlcance: false },`,
  },
  {
    file: 'platform/events/catalogue.ts',
    end: '\n};\n\nexport type EventName',
    line: `  ${Entidade}Criado: { readonly ${entidade}Id: string };`,
  },
  {
    file: 'platform/events/catalogue.ts',
    end: '\n} as const satisfies',
    line: `  ${Entidade}Criado: '${Entidade}',`,
  },
  {
    file: 'docker-compose.yml',
    end: '\n\nx-ambiente-do-subgrafo:',
    line: `  SUBGRAPH_${name.toUpperCase()}_URL: http://${name}:4001`,
  },
  { file: 'docker-compose.yml', end: '\n    # Loopback unless told', line: `      - ${name}` },
  {
    file: 'docker-compose.yml',
    end: '\n\n  # Makes the roles',
    line: `\n  ${name}:\n    <<: *subgrafo\n    environment: { <<: *ambiente-do-subgrafo, SUBGRAPH: ${name} }`,
  },
  {
    file: 'deploy/prometheus/prometheus.yml',
    end: '\n    relabel_configs:',
    line: `          - ${name}:9464`,
  },
  {
    file: 'deploy/kubernetes/config.yaml',
    end: '\n  # Where traces go',
    line: `  SUBGRAPH_${name.toUpperCase()}_URL: http://${name}:4001`,
  },
  {
    file: 'deploy/kubernetes/kustomization.yaml',
    end: '\nimages:',
    line: `  - subgrafos/${name}.yaml`,
  },
];

/** A word for each list within a sentence. */
const words = ({ name }: Names) => [
  { file: '.env.example', end: '.\nSUBGRAPH=', text: `, ${name}` },
  { file: '.env.example', end: '.\nDATABASE_URL=', text: `, teia_${name}` },
];

const additions = (names: Names) => [
  ...lines(names).map(({ file, end, line }) => ({ file, end, text: `\n${line}` })),
  ...words(names),
];

const fill = (text: string, names: Names): string =>
  text.replace(/\{\{([\w-]+)\}\}/g, (place, form: string) => {
    if (form in names) return names[form as keyof Names];
    throw new Error(`a template has an unknown place: ${place}`);
  });

const targetOf = (template: string, names: Names, timestamp: string): string =>
  template
    .slice(0, -extension.length)
    .replaceAll('ENTIDADE', names['entidade-file'])
    .replaceAll('NAME', names.name)
    .replaceAll('TIMESTAMP', timestamp);

/** @throws Error in Portuguese when a folder, type or field of that name is there already. */
const refuseTaken = async (root: string, { name, Entidade, entidade }: Names): Promise<void> => {
  for (const path of [`subgraphs/${name}`, `prisma/${name}`, `deploy/kubernetes/subgrafos/${name}.yaml`]) {
    if (existsSync(join(root, path))) throw new Error(`${path} já existe: nada foi alterado.`);
  }
  const api = buildSchema(await readFile(join(root, 'schema/api.graphql'), 'utf8'));
  if (api.getType(Entidade) || api.getQueryType()?.getFields()[entidade]) {
    throw new Error(`${Entidade} já existe no grafo: escolha outra entidade. Nada foi alterado.`);
  }
};

const addText = async (path: string, end: string, added: string): Promise<void> => {
  const text = await readFile(path, 'utf8');
  const at = text.indexOf(end);
  if (at < 0) throw new Error(`${path} mudou de forma: acrescente à mão\n${added}`);
  await writeFile(path, `${text.slice(0, at)}${added}${text.slice(at)}`);
};

/**
 * Makes the folders of a new subgraph from the templates and adds it to the lists.
 *
 * @returns the paths of all files made or changed, from `root`.
 * @throws Error in Portuguese, before anything is written, when something of that name exists.
 */
export const writeSubgraph = async (root: string, names: Names, now: Date): Promise<string[]> => {
  await refuseTaken(root, names);
  const templates = join(root, 'scripts', 'new-subgraph');
  const timestamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const entries = await readdir(templates, { recursive: true, withFileTypes: true });
  const written: string[] = [];
  for (const entry of entries.filter(({ name }) => name.endsWith(extension))) {
    const template = join(entry.parentPath, entry.name);
    const target = targetOf(relative(templates, template), names, timestamp);
    await mkdir(join(root, dirname(target)), { recursive: true });
    await writeFile(join(root, target), fill(await readFile(template, 'utf8'), names));
    written.push(target);
  }
  const lists = additions(names);
  for (const { file, end, text } of lists) await addText(join(root, file), end, text);
  return [...written.sort(), ...new Set(lists.map(({ file }) => file))];
};
