import type { Profiler } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { fromRoot } from '../../platform/project-root';

export type Share = { readonly name: string; readonly percent: number };

const pathOf = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : url);

const ours = fromRoot('dist');

/** Whose code it is: a package, a part of Node, the engine itself, or a file of ours. */
const groupOf = ({ functionName, url }: Profiler.ProfileNode['callFrame']): string => {
  if (url === '') return functionName.startsWith('(') ? functionName : 'V8 and Node in C++';
  if (url.startsWith('node:')) return url.replace('node:internal/', 'node:').split('/')[0]!;
  const path = pathOf(url);
  const inPackage = path.split('node_modules/').at(-1)!;
  if (inPackage !== path) return inPackage.split('/', inPackage.startsWith('@') ? 2 : 1).join('/');
  return path.replace(`${ours}/`, '');
};

const functionOf = ({ functionName, url, lineNumber }: Profiler.ProfileNode['callFrame']): string => {
  const file = pathOf(url).split('node_modules/').at(-1)!.replace(`${ours}/`, '');
  return `${functionName || '(anonymous)'}${file && ` ${file}:${lineNumber + 1}`}`;
};

type Times = Map<string, number>;

const add = (times: Times, name: string, time: number) => times.set(name, (times.get(name) ?? 0) + time);

const addProfile = (
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  groups: Times,
  functions: Times,
): void => {
  const frameOf = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  samples.forEach((id, i) => {
    const frame = frameOf.get(id)!;
    // The profiler's own messages to this process are no work of it.
    const isProfiler = frame.functionName === 'dispatch' && frame.url === '';
    if (frame.functionName === '(idle)' || isProfiler) return;
    add(groups, groupOf(frame), timeDeltas[i]!);
    add(functions, functionOf(frame), timeDeltas[i]!);
  });
};

const shares = (times: Times): Share[] => {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([name, time]) => ({ name, percent: (time / total) * 100 }))
    .sort((a, b) => b.percent - a.percent);
};

/**
 * Where the time went, itself and not what it called, in percent of the time in which the processes worked.
 *
 * @returns the shares by package or file, and by function, the largest first.
 */
export const selfTimes = (profiles: readonly Profiler.Profile[]) => {
  const [groups, functions]: [Times, Times] = [new Map(), new Map()];
  for (const profile of profiles) addProfile(profile, groups, functions);
  return { groups: shares(groups), functions: shares(functions) };
};
