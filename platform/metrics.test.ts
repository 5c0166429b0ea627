import { createServer } from 'node:http';
import { realEnvironment } from './environment';
import { createHealth } from './health/health';
import { serveMetrics } from './metrics';

const running = createHealth(realEnvironment);
running.observe({ name: 'database', costs: 'everything', run: async () => {} });

const opened: (() => Promise<void>)[] = [];
const onClose = (close: () => Promise<void>) => opened.push(close);
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

it('serves the measurements as text, and nothing else', async () => {
  const port = await serveMetrics({ METRICS_PORT: 0, TEIA_HOST: 'localhost' }, running, onClose);
  const answer = await fetch(`http://localhost:${port}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('process_resident_memory_bytes');
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(404);
  expect((await fetch(`http://localhost:${port}/metrics`, { method: 'POST' })).status).toBe(404);
});

it('tells the whole of its health, which is none as long as it is starting', async () => {
  const whole = await serveMetrics({ METRICS_PORT: 0, TEIA_HOST: 'localhost' }, running, onClose);
  const answer = await fetch(`http://localhost:${whole}/health`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: 'healthy',
    checks: { database: { status: 'healthy' } },
  });

  const starting = createHealth(realEnvironment);
  const early = await serveMetrics({ METRICS_PORT: 0, TEIA_HOST: 'localhost' }, starting, onClose);
  expect((await fetch(`http://localhost:${early}/health`)).status).toBe(503);
});

it('serves nothing without a port', async () => {
  expect(await serveMetrics({ TEIA_HOST: 'localhost' }, running, onClose)).toBeNull();
  expect(opened).toEqual([]);
});

it('names the setting when the port is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(
    serveMetrics({ METRICS_PORT: port, TEIA_HOST: 'localhost' }, running, onClose),
  ).rejects.toThrow(`METRICS_PORT: não foi possível escutar em localhost, porta ${port} (EADDRINUSE).`);
  await new Promise((resolve) => other.close(resolve));
});
