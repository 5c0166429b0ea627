import { join } from 'node:path';
import { request } from 'undici';
import { fromRoot } from '../../platform/project-root';
import { subgraphUrlSetting } from '../../platform/settings/subgraphs';
import { freePort } from '../../platform/testing/free-port';
import { subgraphs } from '../../subgraphs';
import { cores, type ServerProcess, startProcess } from '../measure/server-process';

const serves = (url: string, status: number) => async (): Promise<boolean> => {
  const { statusCode, body } = await request(url);
  await body.dump();
  return statusCode === status;
};

type Options = {
  readonly env: NodeJS.ProcessEnv;
  /** The folder of the built clone to start; this one unless told. */
  readonly root?: string;
  /** What Node loads before the program. */
  readonly preload?: string;
};

const router = join('dist', 'router', 'main.js');
const serve = join('dist', 'subgraphs', 'serve.js');

const argsOf = (program: string, { preload, root = fromRoot() }: Options) => [
  ...(preload ? ['--require', preload] : []),
  join(root, program),
];

const startRouter = async (options: Options, env: NodeJS.ProcessEnv = {}) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await startProcess({
    name: 'router',
    args: argsOf(router, options),
    // One client asks for more than any person may.
    env: { TEIA_LIMITE_USO: 'sem-limite', ...options.env, ...env, PORT: String(port) },
    core: cores.measured,
    isReady: serves(`${url}/health/ready`, 200),
  });
  return { ...running, url: `${url}/graphql` };
};

/** Processes of Teia, as an operator starts them in production. */
export type Teia = {
  readonly name: string;
  readonly url: string;
  readonly router: ServerProcess;
  readonly subgraphs: readonly ServerProcess[];
  readonly stop: () => Promise<void>;
};

export const startOneProcess = async (options: Options): Promise<Teia> => {
  const running = await startRouter(options);
  return { name: 'one process', url: running.url, router: running, subgraphs: [], stop: running.stop };
};

/** Each subgraph in a process of its own; all on one core with the router, as the one process is. */
export const startSplit = async (options: Options, routerEnv: NodeJS.ProcessEnv = {}) => {
  const names = Object.keys(subgraphs);
  const ports = await Promise.all(names.map(freePort));
  const originOf = (name: string): string => `http://127.0.0.1:${ports[names.indexOf(name)]}`;
  const urls = Object.fromEntries(names.map((name) => [subgraphUrlSetting(name), originOf(name)]));
  const started = new Map<string, ServerProcess>();
  const serveOne = async (name: string): Promise<void> => {
    const { [subgraphUrlSetting(name)]: own, ...others } = urls;
    started.set(
      name,
      await startProcess({
        name,
        args: argsOf(serve, options),
        env: { ...options.env, ...others, SUBGRAPH: name, PORT: new URL(own!).port },
        core: cores.measured,
        isReady: serves(`${own}/health/ready`, 200),
      }),
    );
  };
  const opened: ServerProcess[] = [];
  const stop = async () => {
    for (const running of [...opened, ...started.values()]) await running.stop();
  };
  try {
    for (const name of names) await serveOne(name);
    const inFront = await startRouter(options, { ...urls, ...routerEnv });
    opened.push(inFront);
    return {
      name: 'split',
      url: inFront.url,
      router: inFront,
      get subgraphs() {
        return [...started.values()];
      },
      originOf,
      kill: (name: string) => started.get(name)!.kill(),
      /** Resolves when it can be used again. */
      startAgain: serveOne,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
