import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { inexactNumber, isExact, problemOfJson } from './json';

const refused = (message: string, nodes?: ValueNode): GraphQLError =>
  new GraphQLError(message, {
    nodes,
    extensions: { code: 'BAD_USER_INPUT', motivo: 'DADOS_INVALIDOS' },
  });

const accept = (value: unknown, node?: ValueNode): unknown => {
  const problem = problemOfJson(value);
  if (problem) throw refused(problem, node);
  return value;
};

/** What a literal stands for. The size of the document bounds its depth: the parser has been through it. */
const jsonOf = (node: ValueNode): unknown => {
  switch (node.kind) {
    case Kind.OBJECT:
      // Not by assignment, for which a field __proto__ is no field.
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, jsonOf(value)]));
    case Kind.LIST:
      return node.values.map(jsonOf);
    case Kind.INT:
    case Kind.FLOAT:
      if (!isExact(node.value)) throw refused(inexactNumber);
      return Number(node.value);
    case Kind.NULL:
      return null;
    case Kind.VARIABLE:
      // Its value would be looked at only in the middle of the execution.
      throw refused('Informe o documento inteiro em uma variável, ou nenhuma parte dele.');
    default:
      return node.value;
  }
};

const literalValue = (node: ValueNode): unknown => {
  try {
    return jsonOf(node);
  } catch (error) {
    // The place of the whole: only that has a path that leads to it.
    throw error instanceof GraphQLError ? refused(error.message, node) : error;
  }
};

/** The value is handed on as it came: what it may contain is for who takes it to say. */
export const JsonValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description:
    'Valor JSON cujo formato os tipos do grafo não dizem; o seu esquema vem de outro campo. Na entrada: até 64 kB e 10 níveis, números inteiros de até 2^53 - 1 ou com até 15 algarismos. Regra: RFC 8259.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  parseValue: (input) => accept(input),
  parseLiteral: (node) => accept(literalValue(node), node),
  serialize: (stored) => stored,
});
