import { readFile } from 'node:fs/promises';
import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql';
import { fromRoot } from '../platform/project-root';

const enforcedBySubgraphs = [
  'https://specs.apollo.dev/authenticated/v0.1',
  'https://specs.apollo.dev/requiresScopes/v0.1',
];

const isEnforced = ({ name, arguments: given = [] }: ConstDirectiveNode): boolean =>
  name.value === 'link' &&
  given.some(
    ({ name, value }) =>
      name.value === 'url' && value.kind === Kind.STRING && enforcedBySubgraphs.includes(value.value),
  );

/**
 * The supergraph for a gateway that enforces neither `@authenticated` nor `@requiresScopes`, and rightly refuses one
 * that is linked `for: SECURITY`. Only for our own, each subgraph of which enforces what it declares: in another's,
 * the gateway would be the one to do it.
 */
export const asEnforcedBySubgraphs = (supergraph: string): string =>
  print(
    visit(parse(supergraph), {
      Directive: (directive) =>
        isEnforced(directive as ConstDirectiveNode)
          ? { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'for') }
          : undefined,
    }),
  );

/** The committed supergraph, as the gateway takes it. */
export const readOurSupergraph = async (): Promise<string> =>
  asEnforcedBySubgraphs(await readFile(fromRoot('schema', 'supergraph.graphql'), 'utf8'));
