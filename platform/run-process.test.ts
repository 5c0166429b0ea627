import { spawn } from 'node:child_process';
import { fromRoot } from './project-root';

const program = fromRoot('dist', 'platform', 'testing', 'run-process.main.js');

const running: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts a process that does these steps, and sends it each signal when it tells of the line before it. */
const run = async (steps: string[], signals: readonly (readonly [string, NodeJS.Signals[]])[] = []) => {
  const child = spawn(process.execPath, [program, ...steps], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const pending = [...signals];
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.on('data', (chunk) => {
    output += chunk;
    while (pending[0] && output.includes(`${pending[0][0]}\n`)) {
      for (const signal of pending.shift()![1]) child.kill(signal);
    }
  });
  const code = await new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  const lines = output.trim().split('\n').filter(Boolean);
  return {
    code,
    errors,
    told: lines.filter((line) => !line.startsWith('{')),
    logged: lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line).msg as string),
  };
};

const announced = 'Encerrando: as requisições em andamento terminam primeiro.';

test('a signal closes what was opened, the last one first', async () => {
  expect(await run(['opens=a', 'opens-slow=b'], [['serving', ['SIGTERM']]])).toEqual({
    code: 0,
    errors: '',
    told: ['serving', 'closing b', 'closed b', 'closed a'],
    logged: [announced],
  });
});

test('what cannot be closed is said, keeps nothing else open, and is no good end', async () => {
  const { code, told, logged } = await run(
    ['opens=database', 'opens-stuck=first', 'opens-stuck=second'],
    [['serving', ['SIGTERM']]],
  );
  expect({ code, told }).toEqual({ code: 1, told: ['serving', 'closed database'] });
  expect(logged.sort()).toEqual([announced, 'Falha ao encerrar.', 'Falha ao encerrar.']);
});

test('a start that fails closes what it opened, and says why', async () => {
  const refused = await run(['opens=database', 'opens-stuck=a', 'refuses=PORT: não.']);
  expect(refused).toMatchObject({ code: 1, told: ['closed database'], errors: 'PORT: não.\n' });
  const failed = await run(['opens=database', 'fails=x']);
  expect(failed).toMatchObject({ code: 1, told: ['closed database'], logged: ['Ensaio não iniciou.'] });
});

test('a Ctrl-C that comes twice, or as two signals, is one end', async () => {
  for (const signals of [
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGINT'],
  ] as NodeJS.Signals[][]) {
    const steps = ['opens=database', 'opens-slow=server'];
    expect(
      await run(steps, [
        ['serving', [signals[0]!]],
        ['closing server', [signals[1]!]],
      ]),
    ).toEqual({
      code: 0,
      errors: '',
      told: ['serving', 'closing server', 'closed server', 'closed database'],
      logged: [announced],
    });
  }
});

test('a signal ends a start that hangs on what it opened, and that is no failure', async () => {
  const steps = ['opens-slow=database', 'opens-needed=service', 'hangs-until-closed'];
  expect(await run(steps, [['hanging', ['SIGTERM']]])).toEqual({
    code: 0,
    errors: '',
    told: ['hanging', 'closed service', 'closing database', 'closed database'],
    logged: [announced],
  });
});

test('what a start opens after the signal is closed too, and it goes no further', async () => {
  const steps = ['opens=metrics', 'takes=300', 'opens=database', 'says=too late'];
  expect(await run(steps, [['under way', ['SIGTERM']]])).toMatchObject({
    code: 0,
    told: ['under way', 'closed metrics', 'closed database'],
  });
});

test('a signal while a failed start still closes does not cut that short', async () => {
  const steps = ['opens=database', 'opens-slow=server', 'refuses=PORT: não.'];
  expect(await run(steps, [['closing server', ['SIGTERM']]])).toMatchObject({
    code: 1,
    told: ['closing server', 'closed server', 'closed database'],
    errors: 'PORT: não.\n',
    logged: [],
  });
});
