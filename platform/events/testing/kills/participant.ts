import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fromRoot } from '../../../project-root';
import { type Phase, type Report, readReport } from './report';
import type { ParticipantSettings, Role } from './settings';

const program = fromRoot('dist', 'platform', 'events', 'testing', 'kills', 'participant.main.js');

/** Starts one of the processes, and listens to it. It only ends by being killed: anything else is its failure. */
export const startParticipant = (
  settings: ParticipantSettings,
  listen: (participant: Participant, told: Report) => void,
) => {
  const child = spawn(process.execPath, [program, JSON.stringify(settings)], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  let isReady = false;
  let isWanted = false;
  let errors = '';
  let awaited: { readonly phase: Phase; readonly found: () => void } | null = null;

  child.stderr.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4_000);
  });
  // Its end, and not only that of its last line, so that all it told has been heard.
  const lines = createInterface({ input: child.stdout });
  const heard = new Promise((resolve) => lines.once('close', resolve));
  const ended = new Promise((resolve) => child.once('close', resolve));

  const kill = async (): Promise<void> => {
    isWanted = true;
    child.kill('SIGKILL');
    await Promise.all([ended, heard]);
  };

  const participant = {
    role: settings.role as Role,
    isReady: () => isReady,
    /** How it ended by itself, which it must not, or null. */
    failure: (): string | null =>
      !isWanted && (child.exitCode !== null || child.signalCode !== null)
        ? `${settings.role} ended by itself (${child.exitCode ?? child.signalCode}): ${errors}`
        : null,
    /** Resolves in the moment in which it is told of a phase, or after a while without. */
    reaches: (phase: Phase, withinMs: number): Promise<void> =>
      new Promise((resolve) => {
        const found = () => {
          awaited = null;
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(found, withinMs);
        awaited = { phase, found };
      }),
    kill,
  };

  lines.on('line', (line) => {
    const told = readReport(line);
    if (!told) return;
    isReady = true;
    if (told[0] === awaited?.phase) awaited.found();
    listen(participant, told);
  });
  return participant;
};

export type Participant = {
  readonly role: Role;
  /** Whether it told of anything yet. */
  readonly isReady: () => boolean;
  readonly failure: () => string | null;
  readonly reaches: (phase: Phase, withinMs: number) => Promise<void>;
  readonly kill: () => Promise<void>;
};
