import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

type ScalarDefinition<Internal, Json> = {
  readonly name: string;
  /** Portuguese: what it is, its format and unit, the source of the rule. */
  readonly description: string;
  readonly specifiedByURL?: string;
  /** The Portuguese sentence a refused value is answered with: what to do, never the value itself. */
  readonly instruction: string;
  /** The internal value of what a client sent, or null when it is not one. */
  readonly parse: (input: unknown) => Internal | null;
  /** The JSON value of what a resolver answered, or null when that is corrupt. */
  readonly serialize: (stored: unknown) => Json | null;
};

/** The JSON value a literal stands for; only texts and integers mean anything to our scalars. */
const valueOfLiteral = (node: ValueNode): unknown => {
  if (node.kind === Kind.STRING) return node.value;
  if (node.kind === Kind.INT) return Number(node.value);
  return undefined;
};

/**
 * A scalar from a pure parser and its way back.
 *
 * What a client sends wrong is refused with a GraphQLError BAD_USER_INPUT whose message is `instruction`:
 * graphql-js repeats the refused value in front of any other kind of error, and it may be personal data.
 * A corrupt stored value is a plain Error, and is not repeated either.
 */
export const createScalar = <Internal, Json extends string | number>({
  name,
  description,
  specifiedByURL,
  instruction,
  parse,
  serialize,
}: ScalarDefinition<Internal, Json>): GraphQLScalarType<Internal, Json> => {
  const accept = (input: unknown, node?: ValueNode): Internal => {
    const value = parse(input);
    if (value !== null) return value;
    throw new GraphQLError(instruction, {
      nodes: node,
      extensions: { code: 'BAD_USER_INPUT', motivo: 'DADOS_INVALIDOS' },
    });
  };

  return new GraphQLScalarType<Internal, Json>({
    name,
    description,
    specifiedByURL,
    parseValue: (input) => accept(input),
    parseLiteral: (node) => accept(valueOfLiteral(node), node),
    serialize: (stored) => {
      const json = serialize(stored);
      if (json === null) throw new Error(`a stored value is not a valid ${name}`);
      return json;
    },
  });
};

/**
 * Both directions of a scalar that is stored as the text which `normalize` answers, or null. Where the
 * rules are a library's, which change with its releases, `isNormal` knows the stored form alone: a value
 * once accepted must stay readable.
 */
export const normalizedText = (
  normalize: (text: string) => string | null,
  isNormal = (text: string): boolean => normalize(text) === text,
) => ({
  parse: (input: unknown) => (typeof input === 'string' ? normalize(input) : null),
  serialize: (stored: unknown) => (typeof stored === 'string' && isNormal(stored) ? stored : null),
});
