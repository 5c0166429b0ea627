import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../platform/config';
import { readForeignSupergraph, rereadForeignSupergraph } from './supergraph-file';
import { fakeSupergraph } from './testing/fake-supergraph';

const folder = mkdtempSync(join(tmpdir(), 'teia-supergraph-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileWith = (text: string) => {
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, text);
  return file;
};

test('gives the text and the address of each subgraph by its name', async () => {
  const text = fakeSupergraph((name) => `https://${name}.exemplo/graphql?a=1`);
  await expect(readForeignSupergraph(fileWith(text))).resolves.toEqual({
    text,
    urls: new Map([
      ['clientes', ['https://clientes.exemplo/graphql?a=1']],
      ['usuarios', ['https://usuarios.exemplo/graphql?a=1']],
      ['vendas', ['https://vendas.exemplo/graphql?a=1']],
    ]),
  });
});

test.each([
  ['that is empty', ''],
  ['that is no GraphQL', '{{{'],
  ['that is a plain schema', 'type Query { a: Int }'],
  ['with a subgraph that has no address', fakeSupergraph(() => '')],
  ['with a subgraph that has no HTTP address', fakeSupergraph(() => 'file:///etc/passwd')],
])('a file %s is refused with one line naming the variable', async (_, text) => {
  const reading = readForeignSupergraph(fileWith(text));
  await expect(reading).rejects.toBeInstanceOf(ConfigError);
  await expect(reading).rejects.toThrow(/^TEIA_SUPERGRAPH: [^\n]+\.$/);
});

test.each([
  ['that does not exist', join(folder, 'nada'), /ENOENT/],
  ['that is a folder', folder, /EISDIR/],
])('a file %s is refused with the reason', async (_, file, reason) => {
  const reading = readForeignSupergraph(file);
  await expect(reading).rejects.toBeInstanceOf(ConfigError);
  await expect(reading).rejects.toThrow(reason);
});

test('is read again with its changes, but not with an address to which no link leads', async () => {
  const text = fakeSupergraph((name) => `http://${name}.exemplo`);
  const file = fileWith(text);
  const { urls } = await readForeignSupergraph(file);
  const reread = rereadForeignSupergraph(file, urls);
  fileWith(`${text}\n# outro`);
  await expect(reread()).resolves.toBe(`${text}\n# outro`);
  for (const changed of [
    text.replace('http://vendas.exemplo', 'http://outro.exemplo'),
    text.replace('name: "vendas"', 'name: "novo"'),
  ]) {
    fileWith(changed);
    await expect(reread()).rejects.toThrow(/subgrafo (vendas|novo): reinicie o roteador/);
  }
  fileWith(text);
  await expect(reread()).resolves.toBe(text);
});
