import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { readConfig } from '../../platform/config';
import { fromRoot } from '../../platform/project-root';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import * as client from '../../schema/client/graphql';
import { texts } from '../cache/bounds';
import { fakeLinks } from '../testing/fake-supergraph';
import { testRouter } from '../testing/test-router';
import { readOperations } from './read-operations';
import { hashOf, readRegistered } from './registered';

const nome = 'query Nome { cliente(id: "1") { nome } }';
const criar = 'mutation Criar($nome: String!) { criarCliente(dados: { nome: $nome }) { nome } }';
const outro = '{ cliente(id: "2") { nome } }';
const registered = new Map(
  [nome, criar].map((text) => [hashOf(text), { name: /\w+ (\w+)/.exec(text)![1]!, text }]),
);

let asked = 0;
const links: ReturnType<typeof fakeLinks> = (name) => {
  const link = fakeLinks()(name);
  return (...request) => {
    asked += 1;
    return link(...request);
  };
};

const persisted = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });
const inAddress = (parameters: Record<string, unknown>) =>
  `/graphql?${new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )}`;
const preflighted = { 'apollo-require-preflight': 'true' };
const ofCliente1 = { data: { cliente: { nome: 'Cliente 1' } } };

describe('a router that executes everything', () => {
  let router: Awaited<ReturnType<typeof testRouter>>;
  beforeAll(async () => {
    router = await testRouter({ links, registered });
  });
  afterAll(() => router.close());

  it('knows registered operations by their hashes', async () => {
    expect(await router.post({ extensions: persisted(hashOf(nome)) })).toMatchObject({
      status: 200,
      ...ofCliente1,
    });
    const { text } = await router.get(inAddress({ extensions: persisted(hashOf(nome)) }), preflighted);
    expect(JSON.parse(text)).toEqual(ofCliente1);
    const variables = { nome: 'Ana' };
    expect(await router.post({ extensions: persisted(hashOf(criar)), variables })).toMatchObject({
      data: { criarCliente: variables },
    });
  });

  it('learns others from their text, by POST as by GET', async () => {
    const extensions = persisted(hashOf(outro));
    expect(await router.post({ extensions })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    await router.post({ query: outro, extensions });
    expect(await router.post({ extensions })).toMatchObject({ data: { cliente: { nome: 'Cliente 2' } } });

    const another = '{ cliente(id: "3") { nome } }';
    const byHash = inAddress({ extensions: persisted(hashOf(another)) });
    expect(JSON.parse((await router.get(byHash, preflighted)).text).errors).toHaveLength(1);
    await router.get(inAddress({ query: another, extensions: persisted(hashOf(another)) }), preflighted);
    expect(JSON.parse((await router.get(byHash, preflighted)).text)).toEqual({
      data: { cliente: { nome: 'Cliente 3' } },
    });
  });

  it('does not learn a text by the hash of another, nor one that is wrong', async () => {
    const right = '{ cliente(id: "4") { nome } }';
    const extensions = persisted(hashOf(right));
    expect(await router.post({ query: '{ clientes { id } }', extensions })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(await router.post({ query: nome, extensions: persisted(hashOf(criar)) })).toMatchObject({
      status: 400,
    });
    for (const wrong of ['{ naoHa }', '{']) {
      await router.post({ query: wrong, extensions: persisted(hashOf(wrong)) });
      expect(await router.post({ extensions: persisted(hashOf(wrong)) })).toMatchObject({
        errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
      });
    }
    expect(await router.post({ extensions })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  it('keeps no long text: whoever sends one sends it again', async () => {
    const long = `{ cliente(id: "5") { nome } } #${'x'.repeat(texts.longest)}`;
    const extensions = persisted(hashOf(long));
    expect(await router.post({ query: long, extensions })).toMatchObject({ status: 200 });
    expect(await router.post({ extensions })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  it('changes nothing by GET, registered or not', async () => {
    const { status } = await router.get(
      inAddress({ extensions: persisted(hashOf(criar)), variables: { nome: 'Ana' } }),
      preflighted,
    );
    expect(status).toBe(405);
  });

  it.each([
    null,
    5,
    true,
    [],
    {},
    '',
    '__proto__',
    'constructor',
    'a'.repeat(100_000),
    hashOf(nome).toUpperCase(),
  ])('has no text for the hash %.40j', async (hash) => {
    const { status, errors } = await router.post({ extensions: persisted(hash) });
    expect({ status, code: errors?.[0]?.extensions.code }).toEqual({
      status: 200,
      code: 'PERSISTED_QUERY_NOT_FOUND',
    });
  });
});

describe('a router that executes registered operations only', () => {
  let router: Awaited<ReturnType<typeof testRouter>>;
  beforeAll(async () => {
    router = await testRouter({ links, registered, onlyRegistered: true });
  });
  afterAll(() => router.close());

  it('takes their hash, or their text to the letter', async () => {
    expect(await router.post({ extensions: persisted(hashOf(nome)) })).toMatchObject(ofCliente1);
    expect(await router.post({ query: nome })).toMatchObject(ofCliente1);
    expect(await router.post({ query: nome, extensions: persisted(hashOf(nome)) })).toMatchObject(ofCliente1);
    const { text } = await router.get(inAddress({ extensions: persisted(hashOf(nome)) }), preflighted);
    expect(JSON.parse(text)).toEqual(ofCliente1);
  });

  const refused = {
    errors: [
      {
        message: 'Este servidor só executa operações registradas.',
        extensions: { code: 'FORBIDDEN', motivo: 'OPERACAO_NAO_REGISTRADA' },
      },
    ],
  };

  it.each([
    ['a text of their own', { query: outro }],
    ['a registered text with a blank more', { query: `${nome} ` }],
    ['another that has the registered one in it', { query: `${nome} ${outro}`, operationName: 'Nome' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['what asks nothing', { query: '{ __typename }' }],
    ['what is not GraphQL', { query: '{' }],
    ['a field there is not', { query: '{ clientess }' }],
    ['a hash that nobody registered', { extensions: persisted(hashOf(outro)) }],
    ['a text beside its own hash', { query: outro, extensions: persisted(hashOf(outro)) }],
    ['a text beside the hash of a registered one', { query: outro, extensions: persisted(hashOf(nome)) }],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['a hash that is none', { extensions: persisted({}) }],
  ])('refuses %s, and says nothing more', async (_, body) => {
    const before = asked;
    const { status, text } = await router.post(body);
    expect({ status, answer: JSON.parse(text) }).toEqual({ status: 403, answer: refused });
    const byAddress = await router.get(inAddress(body), preflighted);
    expect({ status: byAddress.status, answer: JSON.parse(byAddress.text) }).toEqual({
      status: 403,
      answer: refused,
    });
    expect(asked).toBe(before);
  });

  it('is not talked into a text by sending it before', async () => {
    const body = { query: outro, extensions: persisted(hashOf(outro)) };
    await router.post(body);
    expect(await router.post({ extensions: body.extensions })).toMatchObject({ status: 403 });
  });

  it('still says how it is, and shows its page', async () => {
    expect((await router.get('/health/ready')).status).toBe(200);
    expect((await router.get('/graphql', { accept: 'text/html' })).text).toContain('<html');
  });
});

describe('our manifest', () => {
  const ours = readRegistered();

  it('has every operation of the typed client, by the hash of the very text that the client has', () => {
    const documents = Object.values(client).filter((value) => value instanceof client.TypedDocumentString);
    const operations = documents.filter(({ __meta__ }) => !__meta__?.fragmentName);
    expect(operations.length).toBeGreaterThan(50);
    const known = operations.map((document) => {
      expect(document.__meta__).toEqual({ hash: hashOf(document.toString()) });
      return ours.get(hashOf(document.toString()))?.text;
    });
    expect(known).toEqual(operations.map(String));
    expect(ours.size).toBe(operations.length);
  });

  it('asks nothing that the graph has not', () => {
    const api = buildSchema(readFileSync(fromRoot('schema', 'api.graphql'), 'utf8'));
    for (const { text } of ours.values()) expect(validate(api, parse(text))).toEqual([]);
  });
});

describe('the settings', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  const manifest = (...texts: string[]) => ({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: texts.map((body) => ({ id: hashOf(body), name: 'Nome', type: 'query', body })),
  });
  const write = async (name: string, content: unknown) => {
    const file = join(folder.path, name);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const read = (settings: Record<string, string>) => readOperations(readConfig(settings));

  it('are all operations, and ours known, unless told otherwise', () => {
    expect(read({})).toEqual({ registered: readRegistered(), onlyRegistered: false });
    expect(read({ TEIA_OPERACOES: 'somente-registradas' }).onlyRegistered).toBe(true);
    expect(() => read({ TEIA_OPERACOES: 'algumas' })).toThrow(
      /^TEIA_OPERACOES: deve ser todas ou somente-registradas\.$/,
    );
  });

  it('name manifests that take the place of ours', async () => {
    const files = [await write('web.json', manifest(nome)), await write('movel.json', manifest(nome, outro))];
    const { registered: known } = read({ TEIA_MANIFESTO: files.join(', ') });
    expect([...known.keys()].sort()).toEqual([hashOf(nome), hashOf(outro)].sort());
    expect(() => read({ TEIA_MANIFESTO: 'a.json,,b.json' })).toThrow(/^TEIA_MANIFESTO: /);
  });

  it('need a manifest of the operations of another supergraph', () => {
    const TEIA_SUPERGRAPH = 'outro.graphql';
    expect(read({ TEIA_SUPERGRAPH })).toEqual({ registered: new Map(), onlyRegistered: false });
    expect(() => read({ TEIA_SUPERGRAPH, TEIA_OPERACOES: 'somente-registradas' })).toThrow(
      /^TEIA_MANIFESTO: falta /,
    );
  });

  it.each([
    ['is no JSON', '{', 'não é JSON'],
    ['is something else', { operations: [] }, 'não é um manifesto'],
    ['is of a later version', { ...manifest(nome), version: 2 }, 'não é um manifesto'],
    ['has no texts', { ...manifest(), operations: [{ id: 'x', name: 'X' }] }, 'não é um manifesto'],
    [
      'has a text under the hash of another',
      { ...manifest(), operations: [{ id: hashOf(nome), name: 'Nome', body: outro }] },
      'dá a Nome um id que não é o SHA-256 do seu texto',
    ],
  ])('are refused where a file %s', async (_, content, why) => {
    const file = await write('ruim.json', content);
    expect(() => read({ TEIA_MANIFESTO: file })).toThrow(`TEIA_MANIFESTO: ${file} ${why}`);
  });

  it('are refused where a file is not there', () => {
    expect(() => read({ TEIA_MANIFESTO: '/nao/ha.json' })).toThrow(
      'TEIA_MANIFESTO: /nao/ha.json não pôde ser lido (ENOENT).',
    );
  });
});
