import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse, Source } from 'graphql';

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

const generate = async (): Promise<void> => {
  const api = readFileSync(join(schemaFolder, 'api.graphql'), 'utf8');
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: `${clientFolder}/`,
    schema: parse(api),
    schemaAst: buildSchema(api),
    documents: readdirSync(operationsFolder).sort().map(readOperation),
    config: { documentMode: 'string', scalars, strictScalars: true, useTypeImports: true },
    presetConfig: { fragmentMasking: false },
    plugins: [],
    pluginMap: {},
  });
  const files = await Promise.all(
    outputs.map(async (output) => ({ path: output.filename, text: await codegen(output) })),
  );
  rmSync(clientFolder, { recursive: true, force: true });
  mkdirSync(clientFolder);
  for (const { path, text } of files) writeFileSync(path, text);
};

generate().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
