import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Contestant, interleave, type Settings } from '../measure/interleave';
import { operations } from '../operations';
import { compareTable } from '../report';
import { startClone } from '../teia/clone';

/** Takes traces and throws them away. */
const startSink = async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
};

const settingsOf = (sink: string, ratio: number): NodeJS.ProcessEnv => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: sink,
  OTEL_TRACES_SAMPLER_ARG: String(ratio),
});

/**
 * What traces cost one process with all of Teia in it, where every span of a request is made: off, off once more for the
 * spread of two equal runs, every tenth request, and every request.
 */
export const benchTracing = async (settings: Settings): Promise<void> => {
  const sink = await startSink();
  const kinds: Readonly<Record<string, NodeJS.ProcessEnv>> = {
    off: {},
    'off again': {},
    '10 %': settingsOf(sink.url, 0.1),
    '100 %': settingsOf(sink.url, 1),
  };
  const running: Awaited<ReturnType<typeof startClone>>[] = [];
  try {
    for (const [name, env] of Object.entries(kinds)) running.push(await startClone(name, { env }));
    const contestants: Contestant[] = [];
    for (const { contestant } of running) contestants.push(await contestant());
    for (const [operation, samples] of await interleave(contestants, operations, settings)) {
      console.log(`\n**${operation}**\n`);
      console.log(
        compareTable(samples, {
          roles: { teia: 'Teia', client: 'client' },
          compared: ['teia'],
          base: 'off',
        }),
      );
    }
  } finally {
    for (const { stop } of running) await stop();
    sink.stop();
  }
};
