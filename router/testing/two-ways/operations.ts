import { readdirSync, readFileSync } from 'node:fs';
import { type FragmentDefinitionNode, Kind, parse, print, visit } from 'graphql';
import { fromRoot } from '../../../platform/project-root';

const folder = fromRoot('schema', 'operations');

const definitions = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .flatMap((file) => parse(readFileSync(`${folder}/${file}`, 'utf8')).definitions);

const fragments = new Map(
  definitions
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, fragment]),
);

const spreadIn = (node: object, found = new Set<FragmentDefinitionNode>()) => {
  visit(node as FragmentDefinitionNode, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value)!;
      if (found.has(fragment)) return;
      found.add(fragment);
      spreadIn(fragment, found);
    },
  });
  return found;
};

/** Every committed operation by its name, as a document that stands alone. */
export const operations: ReadonlyMap<string, string> = new Map(
  definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => [
      operation.name!.value,
      [operation, ...spreadIn(operation)].map((definition) => print(definition)).join('\n'),
    ]),
);
