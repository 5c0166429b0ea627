import { ApolloGateway } from '@apollo/gateway';
import { pino } from 'pino';
import { until } from '../platform/testing/until';
import { reloadingSupergraph } from './reload-supergraph';
import { fakeSupergraph } from './testing/fake-supergraph';

const first = fakeSupergraph();
const second = first.replace(/lento: (String @join__field\(graph: \w+\))/, 'lento: $1 novo: $1');

/** A gateway over a text that can be changed, and the fields that it offers. */
const serve = async (read?: () => Promise<string>) => {
  const file = { text: first };
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => lines.push(JSON.parse(line)) });
  const gateway = new ApolloGateway({
    supergraphSdl: reloadingSupergraph({
      supergraph: first,
      read: read ?? (async () => file.text),
      log,
      everyMs: 5,
    }),
    buildService: ({ name }) => {
      if (name === 'desconhecido') throw new Error('no such subgraph');
      return { process: async () => ({ data: {} }) };
    },
  });
  let offered: string[] = [];
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    offered = Object.keys(apiSchema.getQueryType()!.getFields());
  });
  await gateway.load();
  const refusals = () => lines.filter(({ level }) => level === 50).length;
  return { file, refusals, offered: () => offered, stop: () => gateway.stop() };
};

it('takes a new supergraph without a restart, and the former one again', async () => {
  const { file, offered, refusals, stop } = await serve();
  expect(offered()).not.toContain('novo');
  file.text = second;
  await until(() => offered().includes('novo'));
  file.text = first;
  await until(() => !offered().includes('novo'));
  expect(refusals()).toBe(0);
  await stop();
});

it.each([
  ['nothing', ''],
  ['half a file', second.slice(0, second.length / 2)],
  ['no supergraph', 'type Query { novo: String }'],
  ['a type that there is not', second.replace('novo: String', 'novo: Novidade')],
  ['a subgraph that there is not', second.replace('name: "vendas"', 'name: "desconhecido"')],
])('refuses %s once, keeps the last good one, and takes the next', async (_, bad) => {
  const { file, offered, refusals, stop } = await serve();
  file.text = bad;
  await until(() => refusals() > 0);
  expect(offered()).toContain('clientes');
  expect(offered()).not.toContain('novo');
  file.text = second;
  await until(() => offered().includes('novo'));
  expect(refusals()).toBe(1);
  await stop();
});

it('keeps what it has while the file cannot be read', async () => {
  let isThere = true;
  let text = first;
  const { offered, refusals, stop } = await serve(async () => {
    if (!isThere) throw new Error('ENOENT');
    return text;
  });
  isThere = false;
  await until(() => refusals() === 1);
  expect(offered()).toContain('clientes');
  text = second;
  isThere = true;
  await until(() => offered().includes('novo'));
  await stop();
});
