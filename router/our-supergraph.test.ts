import { composeServices } from '@apollo/composition';
import { parse, print } from 'graphql';
import { pino } from 'pino';
import { startGraphqlServer } from './graphql-server';
import { asEnforcedBySubgraphs, readOurSupergraph } from './our-supergraph';

const supergraphWith = (directive: string, use: string): string => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["${directive}"])`;
  const typeDefs = parse(`${link} type Query { a: Int ${use} }`);
  const { supergraphSdl, errors } = composeServices([{ name: 'a', url: 'http://a/', typeDefs }]);
  if (!supergraphSdl) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
};

const start = async (supergraph: string) => {
  const links = () => () => Promise.reject(new Error('nobody'));
  const log = pino({ level: 'silent' });
  await (
    await startGraphqlServer({ supergraph, links, registered: new Map(), production: true, log })
  ).stop();
};

const enforced = [
  ['@authenticated', '@authenticated'],
  ['@requiresScopes', '@requiresScopes(scopes: [["clientes:ler"]])'],
] as const;
const notEnforced = ['@policy', '@policy(policies: [["p"]])'] as const;

describe('the gateway', () => {
  it('takes our supergraph', async () => {
    await expect(start(await readOurSupergraph())).resolves.toBeUndefined();
  });

  it.each([...enforced, notEnforced])('refuses another`s with %s', async (directive, use) => {
    await expect(start(supergraphWith(directive, use))).rejects.toThrow(/for: SECURITY but is unsupported/);
  });

  it.each(enforced)('takes one whose subgraphs enforce %s', async (directive, use) => {
    await expect(start(asEnforcedBySubgraphs(supergraphWith(directive, use)))).resolves.toBeUndefined();
  });

  it('refuses what our subgraphs do not enforce', async () => {
    await expect(start(asEnforcedBySubgraphs(supergraphWith(...notEnforced)))).rejects.toThrow(
      /for: SECURITY but is unsupported/,
    );
  });
});

test('nothing else is changed', () => {
  const supergraph = supergraphWith(...enforced[1]);
  const link = /(requiresScopes\/v0\.1"), for: SECURITY/;
  expect(supergraph).toMatch(link);
  expect(asEnforcedBySubgraphs(supergraph)).toBe(print(parse(supergraph.replace(link, '$1'))));
});
