import { ApolloGateway } from '@apollo/gateway';
import { buildSchema } from 'graphql';
import { pino } from 'pino';
import { metrics } from '../platform/metrics';
import { until } from '../platform/testing/until';
import { hashOf } from './documents/registered';
import { reloadingSupergraph } from './reload-supergraph';
import { checkRules, supergraphRules } from './supergraph-rules';
import { fakeSupergraph } from './testing/fake-supergraph';

const first = fakeSupergraph();
const second = first.replace(/lento: (String @join__field\(graph: \w+\))/, 'lento: $1 novo: $1');

const isFileRefused = async () =>
  (await metrics.getSingleMetric('gateway_supergraph_refused')!.get()).values[0]!.value === 1;

/** A gateway over a text that can be changed, and the fields that it offers. */
const serve = async (read?: () => Promise<string>) => {
  const file = { text: first };
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => lines.push(JSON.parse(line)) });
  const gateway = new ApolloGateway({
    supergraphSdl: reloadingSupergraph({
      supergraph: first,
      read: read ?? (async () => file.text),
      check: checkRules,
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
  expect(await isFileRefused()).toBe(false);
  await stop();
});

it.each([
  ['nothing', ''],
  ['half a file', second.slice(0, second.length / 2)],
  ['no supergraph', 'type Query { novo: String }'],
  ['a type that there is not', second.replace('novo: String', 'novo: Novidade')],
  ['a subgraph that there is not', second.replace('name: "vendas"', 'name: "desconhecido"')],
  [
    'a rule that makes no sense',
    second
      .replace(/(novo: String @join__field\(graph: \w+\))/, '$1 @limite(max: 0, janela: "1m", por: [IP])')
      .concat(' directive @limite(max: Int!, janela: String!, por: [String!]!) on FIELD_DEFINITION'),
  ],
])('refuses %s once, keeps the last good one, and takes the next', async (_, bad) => {
  const { file, offered, refusals, stop } = await serve();
  file.text = bad;
  await until(isFileRefused);
  expect(offered()).toContain('clientes');
  expect(offered()).not.toContain('novo');
  file.text = second;
  await until(() => offered().includes('novo'));
  expect(refusals()).toBe(1);
  await until(async () => !(await isFileRefused()));
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
  await until(isFileRefused);
  expect(refusals()).toBe(1);
  expect(offered()).toContain('clientes');
  isThere = true;
  await until(async () => !(await isFileRefused()));
  text = second;
  await until(() => offered().includes('novo'));
  await stop();
});

it('leaves a request the rules of the supergraph that it began with', async () => {
  const { plugin, rulesOf } = supergraphRules();
  const listener = await plugin.serverWillStart!({} as never);
  const [before, after] = [first, second].map((text) => ({ text, schema: buildSchema(text) }));
  for (const { text, schema } of [before!, after!]) {
    listener!.schemaDidLoadOrUpdate!({ apiSchema: schema, coreSupergraphSdl: text });
  }
  expect(rulesOf(before!.schema).hash).toBe(hashOf(first));
  expect(rulesOf(after!.schema).hash).toBe(hashOf(second));
});
