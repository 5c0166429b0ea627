import { type ASTNode, Kind, parse, visit } from 'graphql';
import type { Subgraph } from '../platform/subgraph/define-subgraph';
import { subgraphs } from '.';

const described: readonly string[] = [
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
];

const nameOf = (node: ASTNode): string => ('name' in node && node.name ? node.name.value : '');

const hasDescription = (node: ASTNode): boolean =>
  'description' in node && (node.description?.value.trim() ?? '') !== '';

/** Every name of a schema that a reader meets without a word of explanation, like `Cliente.notas.first`. */
const undescribed = ({ sdl }: Subgraph): string[] => {
  const found: string[] = [];
  const path: string[] = [];
  visit(parse(sdl), {
    enter(node) {
      if (!described.includes(node.kind)) return;
      path.push(nameOf(node));
      if (!hasDescription(node)) found.push(path.join('.'));
    },
    leave(node) {
      if (described.includes(node.kind)) path.pop();
    },
  });
  return found;
};

test.each(Object.entries(subgraphs))('everything in the schema of %s is described', async (_, load) => {
  expect(undescribed((await load()).default)).toEqual([]);
});
