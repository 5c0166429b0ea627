import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { realEnvironment } from '../environment';
import { log } from '../log';
import { createHttpApp, drainTimeoutFor } from './http-app';

const start = async (drainTimeout?: number): Promise<{ app: FastifyInstance; port: number }> => {
  const app = createHttpApp({
    environment: realEnvironment,
    production: true,
    log,
    bodyLimit: 1024,
    drainTimeout,
  });
  app.post('/eco', async ({ body }) => body);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, port: Number(new URL(address).port) };
};

const open = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};

const everything = async (socket: Socket): Promise<string> => {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
};

const problemIn = (answer: string) => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  expect(head).toMatch(new RegExp(`content-length: ${Buffer.byteLength(body)}`, 'i'));
  return JSON.parse(body);
};

describe('what cannot be read', () => {
  let app: FastifyInstance;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await start());
  });
  afterAll(() => app.close());

  it.each([
    ['no HTTP', 'olá\r\n\r\n', 400],
    ['a bad chunk', 'POST /eco HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
    ['two lengths', 'POST /eco HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    ['too many headers', `GET / HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is answered with problem details: %s', async (_, sent, status) => {
    const socket = await open(port);
    socket.write(sent);
    expect(problemIn(await everything(socket))).toMatchObject({ type: 'about:blank', status });
  });
});

describe('the end', () => {
  it.each([1, 30_000, 600_000])('comes after the answers that somebody waits %p ms for', (patienceMs) => {
    expect(drainTimeoutFor(patienceMs)).toBeGreaterThan(patienceMs);
    expect(drainTimeoutFor(patienceMs)).toBeGreaterThan(30_000);
  });

  it('answers what is under way, on each address of localhost', async () => {
    const app = createHttpApp({ environment: realEnvironment, production: true, log, bodyLimit: 1024 });
    app.get('/lento', async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return 'feito';
    });
    await app.listen({ port: 0, host: 'localhost' });
    const asked = (app.addresses() as AddressInfo[]).map(async ({ address, port, family }) => {
      const host = family === 'IPv6' ? `[${address}]` : address;
      return (await fetch(`http://${host}:${port}/lento`)).text();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await app.close();
    expect(await Promise.all(asked)).toEqual(asked.map(() => 'feito'));
  });

  it('does not wait for ever for who sends half a request', async () => {
    const { app, port } = await start(200);
    const socket = await open(port);
    socket.write(
      'POST /eco HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const ended = everything(socket).catch(() => '');
    await app.close();
    expect(await ended).not.toMatch(/ 200 /);
  });

  it('answers what comes too late with problem details', async () => {
    const { app, port } = await start();
    const socket = await open(port);
    socket.write('GET /health/ready HTTP/1.1\r\nHost: a\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write('\r\n');
    expect(problemIn(await everything(socket))).toMatchObject({ status: 503 });
    await closed;
  });
});
