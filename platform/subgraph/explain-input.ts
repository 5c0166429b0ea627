import {
  coerceInputValue,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInputType,
  isNonNullType,
  Kind,
  TypeInfo,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { badUserInput, type CampoInvalido, type CodedError } from '../errors';
import { ownValue } from '../own-value';

/** graphql-js names a missing or unknown field only inside its English sentence. */
const missing = /^Field "(\w+)" of required type/;
const unknown = /^Field "(\w+)" is not defined by type/;

const explain = (campo: string, typeName: string, { message, extensions }: GraphQLError): CampoInvalido => {
  const missingField = missing.exec(message)?.[1];
  if (missingField) return { campo: `${campo}.${missingField}`, mensagem: 'Campo obrigatório.' };
  const unknownField = unknown.exec(message)?.[1];
  if (unknownField) return { campo: `${campo}.${unknownField}`, mensagem: 'Campo desconhecido.' };
  // Our own scalars say in Portuguese what to do; graphql-js would repeat the value.
  const ours = extensions.code === 'BAD_USER_INPUT';
  return { campo, mensagem: ours ? message : `Valor inválido: informe um valor do tipo ${typeName}.` };
};

const nameOf = ({ variable }: VariableDefinitionNode): string => variable.name.value;

/**
 * Variables that may be null by their own type, are null, and stand where no null may be: GraphQL lets such a
 * document pass when there is a default, and fails in the middle of the execution, repeating what was sent.
 */
const misplacedNulls = (
  schema: GraphQLSchema,
  document: DocumentNode,
  nullable: readonly string[],
  variables: Readonly<Record<string, unknown>>,
): CampoInvalido[] => {
  const isNull = nullable.filter((name) => ownValue(variables, name) === null);
  if (isNull.length === 0) return [];
  const misplaced = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: () => false,
      Variable: ({ name }) => {
        if (isNull.includes(name.value) && isNonNullType(types.getInputType())) misplaced.add(name.value);
      },
    }),
  );
  return [...misplaced].map((campo) => ({
    campo,
    mensagem: 'Não pode ser nulo; omita a variável ou informe um valor.',
  }));
};

/** To name thousands of wrong values would be more work than to answer what was asked. */
const mostCampos = 50;
const enough = new Error('enough wrong values');

/** Which of the variables do not fit their types and places, field by field; null when all do. */
export const explainVariables = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): CodedError | null => {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const nullable = definitions.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE).map(nameOf);
  const campos = misplacedNulls(schema, document, nullable, variables);
  for (const { variable, type: typeNode, defaultValue } of definitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    if (!isInputType(type)) continue;
    const value = ownValue(variables, name);
    if (value === undefined && (defaultValue || !isNonNullType(type))) continue;
    if (value === undefined || value === null) {
      if (isNonNullType(type)) campos.push({ campo: name, mensagem: 'Campo obrigatório.' });
      continue;
    }
    try {
      coerceInputValue(value, type, (path, _, error) => {
        campos.push(explain([name, ...path].join('.'), getNamedType(type).name, error));
        if (campos.length >= mostCampos) throw enough;
      });
    } catch (error) {
      if (error !== enough) throw error;
      break;
    }
  }
  return campos.length > 0 ? badUserInput(campos) : null;
};

/** The path of argument and input field names that leads to each value written in the document. */
const pathOfLiteral = (document: DocumentNode, literal: object): string => {
  let found = '';
  const names: string[] = [];
  visit(document, {
    enter(node) {
      if (node.kind === 'Argument' || node.kind === 'ObjectField') names.push(node.name.value);
      if (node === literal) found = names.join('.');
    },
    leave(node) {
      if (node.kind === 'Argument' || node.kind === 'ObjectField') names.pop();
    },
  });
  return found;
};

/** The values written in the document that our scalars refused while it was validated. */
export const explainLiterals = (
  document: DocumentNode,
  errors: readonly GraphQLError[],
): CodedError | null => {
  const campos = errors
    .filter(({ extensions, nodes }) => extensions.code === 'BAD_USER_INPUT' && nodes?.[0])
    .map(({ message, nodes }) => ({ campo: pathOfLiteral(document, nodes![0]!), mensagem: message }));
  return campos.length > 0 ? badUserInput(campos) : null;
};
