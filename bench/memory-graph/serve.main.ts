import { createServer, type RequestListener } from 'node:http';
import { type DocumentNode, execute, parse, validate } from 'graphql';
import { readSigningKeys } from '../../platform/signing-keys';
import { memorySchema, type SubgraphName } from './schemas';

/*
 * The in-memory subgraphs over HTTP, all in one process, each on a port of its own:
 *
 *   node serve.main.js '{"ports":{"clientes":4101,…},"keysFile":"…"}'
 *
 * As cheap as they can be made: documents are parsed once, and whoever asks is answered.
 */
type Settings = { readonly ports: Record<SubgraphName, number>; readonly keysFile: string };
const { ports, keysFile }: Settings = JSON.parse(process.argv[2]!);

const answering = (name: SubgraphName, jwks: object): RequestListener => {
  const schema = memorySchema(name);
  const documents = new Map<string, DocumentNode>();

  const prepared = (query: string): DocumentNode => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query);
    const [error] = validate(schema, document);
    if (error) throw error;
    documents.set(query, document);
    return document;
  };

  const answer = async (body: string) => {
    const { query, variables, operationName } = JSON.parse(body);
    try {
      return await execute({ schema, document: prepared(query), variableValues: variables, operationName });
    } catch (error) {
      return { errors: [{ message: String(error) }] };
    }
  };

  return (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method !== 'POST') return void response.end(JSON.stringify(jwks));
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      response.end(JSON.stringify(await answer(Buffer.concat(chunks).toString())));
    });
  };
};

const main = async () => {
  const { jwks } = await readSigningKeys(keysFile);
  for (const [name, port] of Object.entries(ports)) {
    const server = createServer(answering(name as SubgraphName, await jwks()));
    server.keepAliveTimeout = 60_000;
    server.listen(port, '127.0.0.1');
  }
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
