import { getNamedType, isRequiredArgument } from 'graphql';
import { documentOf, rootFields, selectionOf } from './graph';

/** More than any way through the graph that passes no type twice. */
const allLevels = 20;
/** A list, its edges and what they lead to. */
const listLevels = 2;

/** Other ways than the plain one in which lists can be asked for. */
const otherArgs: Readonly<Record<string, readonly object[]>> = {
  clientes: [
    { first: 1, ordem: 'CRIADO_EM_DESC' },
    { last: 1, ordem: 'ATUALIZADO_EM_ASC' },
    { filtro: { busca: 'texto' } },
    { filtro: { busca: '98765' } },
    { filtro: { busca: '1000' } },
    { filtro: { etiquetas: ['Texto'] } },
    { filtro: { ativo: false } },
  ],
  oportunidades: [
    { first: 1, ordem: 'CRIADA_EM_ASC' },
    { last: 1 },
    { filtro: { situacao: 'PERDIDA' } },
    { filtro: { ativo: false } },
  ],
};

const questions = rootFields
  .filter(({ operation, field }) => operation === 'query' && !field.args.some(isRequiredArgument))
  .flatMap((root) =>
    [{}, ...(otherArgs[root.field.name] ?? [])].map((args, i) => ({
      name: root.field.name,
      document: documentOf(
        root,
        args,
        selectionOf(getNamedType(root.field.type), i === 0 ? allLevels : listLevels),
      ),
      args,
    })),
  );

/** The root fields from which the crawl begins. */
export const crawled: ReadonlySet<string> = new Set(questions.map(({ name }) => name));

/** Asks for everything to which some way leads that takes no id. */
export const crawl = async <Answer>(ask: (document: string, args: object) => Promise<Answer>) => {
  const answers: { readonly asked: string; readonly answer: Answer }[] = [];
  for (const { name, document, args } of questions) {
    answers.push({ asked: `${name} ${JSON.stringify(args)}`, answer: await ask(document, args) });
  }
  return answers;
};

/** Every value in an answer, by the field that it is of: `Cliente.nome`. */
export const valuesIn = (value: unknown, values = new Map<string, string[]>()): Map<string, string[]> => {
  if (typeof value !== 'object' || value === null) return values;
  const type = (value as { __typename?: string }).__typename;
  for (const [key, inner] of Object.entries(value)) {
    if (type) {
      const name = `${type}.${key}`;
      values.set(name, values.get(name) ?? []);
      values.get(name)!.push(JSON.stringify(inner));
    }
    valuesIn(inner, values);
  }
  return values;
};
