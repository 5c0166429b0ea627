import { type AddressInfo, createServer } from 'node:net';
import { fastify } from 'fastify';
import { listen } from './listen';

const opened: (() => Promise<void>)[] = [];
const closeAll = async () => {
  for (const close of opened.splice(0).reverse()) await close();
};
afterEach(closeAll);

const open = (TEIA_HOST: string, port = 0) => {
  const app = fastify();
  opened.push(() => app.close());
  const onClose = (close: () => Promise<void>) => opened.push(close);
  return { app, origin: listen(app, { config: { TEIA_HOST }, port, setting: 'PORT', onClose }) };
};

it.each([
  ['localhost', /^http:\/\/localhost:\d+$/, /^(127\.0\.0\.1|::1)$/],
  ['127.0.0.1', /^http:\/\/127\.0\.0\.1:\d+$/, /^127\.0\.0\.1$/],
  ['0.0.0.0', /^http:\/\/localhost:\d+$/, /^0\.0\.0\.0$/],
])('listens on %s and says where it answers', async (host, answer, address) => {
  const { app, origin } = open(host);
  expect(await origin).toMatch(answer);
  expect((await fetch(await origin)).status).toBe(404);
  expect((app.server.address() as AddressInfo).address).toMatch(address);
});

it('names the address that is none of this machine', async () => {
  await expect(open('192.0.2.1').origin).rejects.toThrow(/^TEIA_HOST: 192\.0\.2\.1 [^\n]+$/);
  await expect(open('nada.invalid').origin).rejects.toThrow(/^TEIA_HOST: nada\.invalid [^\n]+$/);
});

it('may be closed while it starts', async () => {
  const { origin } = open('localhost');
  const closing = closeAll();
  const answer = await origin;
  await closing;
  await expect(fetch(answer)).rejects.toThrow();
});

it('names the setting of a port that is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(open('localhost', port).origin).rejects.toThrow(`PORT: a porta ${port} já está em uso.`);
  await new Promise((resolve) => other.close(resolve));
});
