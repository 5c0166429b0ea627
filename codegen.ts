import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, type DocumentNode, Kind, parse, print, Source } from 'graphql';

// Driven through codegen's own core: its command line brings 200 more packages, some of which do not
// run on Node 20, and this is all that it would do here.

const schemaFolder = join(__dirname, 'schema');
const operationsFolder = join(schemaFolder, 'operations');
const clientFolder = join(schemaFolder, 'client');

/** How each scalar of the graph travels in JSON. One that is missing here stops the generation. */
const scalars = {
  CEP: 'string',
  CNPJ: 'string',
  CPF: 'string',
  Centavos: 'number',
  Date: 'string',
  DateTime: 'string',
  Documento: 'string',
  Email: 'string',
  JSON: 'unknown',
  Telefone: 'string',
};

const readOperation = (file: string) => {
  const location = join(operationsFolder, file);
  const rawSDL = readFileSync(location, 'utf8');
  return { location, rawSDL, document: parse(new Source(rawSDL, `schema/operations/${file}`)) };
};

/** In the form of Apollo's persisted query manifests. */
type RegisteredOperation = {
  /** The SHA-256 of the body, in hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The operation, and the fragments that it uses. */
  readonly body: string;
};

const register = (document: DocumentNode): RegisteredOperation => {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !operation.name) {
    throw new Error('schema/operations: toda operação precisa de um nome.');
  }
  const body = print(document);
  const id = createHash('sha256').update(body).digest('hex');
  return { id, name: operation.name.value, type: operation.operation, body };
};

/** The preset prints documents in a way of its own: a client that sends the text is to mean what its hash does. */
const withRegisteredTexts = (generated: string, registered: ReadonlyMap<string, RegisteredOperation>) =>
  generated.replace(
    /new TypedDocumentString\(`[^`]*`, \{"hash":"([\da-f]{64})"\}\)/g,
    (_, id) =>
      `new TypedDocumentString(${JSON.stringify(registered.get(id)!.body)}, ${JSON.stringify({ hash: id })})`,
  );

const manifest = (registered: ReadonlyMap<string, RegisteredOperation>): string => {
  const operations = [...registered.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`;
};

const generate = async (): Promise<void> => {
  const api = readFileSync(join(schemaFolder, 'api.graphql'), 'utf8');
  const registered = new Map<string, RegisteredOperation>();
  const onExecutableDocumentNode = (document: DocumentNode) => {
    const operation = register(document);
    registered.set(operation.id, operation);
    return { hash: operation.id };
  };
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: `${clientFolder}/`,
    schema: parse(api),
    schemaAst: buildSchema(api),
    documents: readdirSync(operationsFolder).sort().map(readOperation),
    config: { documentMode: 'string', scalars, strictScalars: true, useTypeImports: true },
    presetConfig: { fragmentMasking: false, onExecutableDocumentNode },
    plugins: [],
    pluginMap: {},
  });
  const files = await Promise.all(
    outputs.map(async (output) => ({ path: output.filename, text: await codegen(output) })),
  );
  rmSync(clientFolder, { recursive: true, force: true });
  mkdirSync(clientFolder);
  for (const { path, text } of files) writeFileSync(path, withRegisteredTexts(text, registered));
  writeFileSync(join(clientFolder, 'operations.json'), manifest(registered));
};

generate().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
