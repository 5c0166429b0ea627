import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { request } from 'undici';
import { realEnvironment } from '../../platform/environment';
import { fromRoot } from '../../platform/project-root';
import { subgraphUrlSetting } from '../../platform/settings/subgraphs';
import { ensureSigningKeys, readSigningKeys } from '../../platform/signing-keys';
import { granting } from '../../platform/testing/callers';
import { freePort } from '../../platform/testing/free-port';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import { asEnforcedBySubgraphs } from '../../router/our-supergraph';
import { createAccessTokenIssuer } from '../../subgraphs/usuarios/sessao/access-token';
import type { Contestant } from '../measure/interleave';
import { cores, type Program, type ServerProcess, startProcess } from '../measure/server-process';
import { clientes } from '../memory-graph/data';
import { type SubgraphName, subgraphNames } from '../memory-graph/schemas';
import type { Subjects } from '../operations';
import { fromPeers } from './peers';

const subjects: Subjects = {
  ids: clientes.map(({ id }) => id),
  cursors: clientes.slice(0, -50).map((_, n) => String(n)),
};

const aToken = async (keysFile: string): Promise<string> => {
  const { agora, novoId } = realEnvironment;
  const issue = createAccessTokenIssuer(await readSigningKeys(keysFile), realEnvironment);
  const who = { usuarioId: novoId(), organizacaoId: novoId(), permissoes: granting(), equipes: [] };
  return (await issue(who, novoId(), agora())).tokenAcesso;
};

const answers = (url: string) => async (): Promise<boolean> => {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });
  await body.dump();
  return statusCode === 200;
};

const graphqlAt = (port: number): string => `http://127.0.0.1:${port}/graphql`;

const script = (...path: string[]): string => fromRoot('dist', 'bench', ...path);

/** How each gateway is started on a port; every one gets the same subgraphs, and its own way to name them. */
const gateways = (
  urls: Readonly<Record<SubgraphName, string>>,
  files: { readonly supergraph: string; readonly keys: string },
): Record<string, (port: number) => Pick<Program, 'args' | 'env' | 'cwd' | 'unfit'>> => ({
  'Teia, over HTTP': (port) => ({
    args: [fromRoot('dist', 'router', 'main.js')],
    env: {
      PORT: String(port),
      TEIA_DATA_DIR: dirname(files.keys),
      TEIA_CHAVES_INTERNAS: files.keys,
      ...Object.fromEntries(
        subgraphNames.map((name) => [subgraphUrlSetting(name), new URL(urls[name]).origin]),
      ),
    },
  }),
  'Teia, one process': (port) => ({
    args: [script('gateways', 'one-process.main.js'), JSON.stringify({ port, keysFile: files.keys })],
  }),
  'Apollo Server + Gateway': (port) => ({
    args: [script('gateways', 'stock.main.js'), files.supergraph, String(port)],
  }),
  'Hive Gateway, router runtime': (port) => ({
    args: [
      fromPeers('node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js'),
      'supergraph',
      files.supergraph,
      // Without --jit, which has it answer null where there is an entity.
      '--hive-router-runtime',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    env: { LOG_LEVEL: 'warn' },
    cwd: fromPeers(),
    unfit: 'Falling back',
  }),
  'Mercurius gateway, JIT': (port) => ({
    args: [
      fromPeers('mercurius.mjs'),
      JSON.stringify({
        port,
        services: subgraphNames.map((name) => ({
          name,
          url: urls[name],
          sdlFile: fromRoot('schema', 'subgraphs', `${name}.graphql`),
        })),
      }),
    ],
  }),
});

/** The committed supergraph with the addresses at which the subgraphs answer here. */
const supergraphAt = (urls: Readonly<Record<SubgraphName, string>>): string =>
  subgraphNames.reduce(
    (text, name) => text.replace(`http://${name}:4001/graphql`, urls[name]),
    asEnforcedBySubgraphs(readFileSync(fromRoot('schema', 'supergraph.graphql'), 'utf8')),
  );

/** Starts the in-memory subgraphs, and each gateway over them; the one-process mode brings its own. */
export const startGateways = async () => {
  const folder = await temporaryFolder();
  const running: ServerProcess[] = [];
  const stop = async () => {
    for (const process of running.reverse()) await process.stop();
    await folder.remove();
  };
  try {
    const files = {
      supergraph: join(folder.path, 'supergraph.graphql'),
      keys: join(folder.path, 'keys.json'),
    };
    await ensureSigningKeys(files.keys);
    const headers = { authorization: `Bearer ${await aToken(files.keys)}` };
    const ports = await Promise.all(subgraphNames.map(freePort));
    const portOf = Object.fromEntries(subgraphNames.map((name, i) => [name, ports[i]!]));
    const urls = Object.fromEntries(subgraphNames.map((name) => [name, graphqlAt(portOf[name]!)])) as Record<
      SubgraphName,
      string
    >;
    writeFileSync(files.supergraph, supergraphAt(urls));

    const subgraphs = await startProcess({
      name: 'subgraphs',
      args: [
        script('memory-graph', 'serve.main.js'),
        JSON.stringify({ ports: portOf, keysFile: files.keys }),
      ],
      core: cores.rest,
      isReady: answers(urls.clientes),
    });
    running.push(subgraphs);

    const contestants: Contestant[] = [];
    for (const [name, programOn] of Object.entries(gateways(urls, files))) {
      const port = await freePort();
      const url = graphqlAt(port);
      const gateway = await startProcess({
        ...programOn(port),
        name,
        core: cores.measured,
        isReady: answers(url),
      });
      running.push(gateway);
      contestants.push({
        name,
        url,
        headers,
        subjects,
        roles: { gateway: () => [gateway.pid], subgraphs: () => [subgraphs.pid] },
      });
    }
    return { contestants, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
