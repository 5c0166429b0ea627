import { parseArgs } from 'node:util';
import type { Settings } from './measure/interleave';
import { pinRest } from './measure/server-process';
import { benchAgainst } from './parts/against';
import { benchEvents } from './parts/events';
import { benchFaults } from './parts/faults';
import { benchGateways } from './parts/gateways';
import { benchLatency } from './parts/latency';
import { benchLimits } from './parts/limits';
import { benchMemory } from './parts/memory';
import { benchPostgres } from './parts/postgres';
import { benchRls } from './parts/rls';
import { benchTracing } from './parts/tracing';
import { benchWrites } from './parts/writes';
import { profile } from './profile';

/*
 * Everything that is measured, in one run or part by part:
 *
 *   npm run bench [-- gateways] [--rounds 5] [--seconds 2] [--in-flight 16]
 *
 * and this clone against another one, of an earlier commit, built in a folder of its own:
 *
 *   npm run bench -- against --other /tmp/teia-antes
 */
const parts: Readonly<Record<string, (settings: Settings) => Promise<void>>> = {
  gateways: benchGateways,
  postgres: benchPostgres,
  rls: benchRls,
  writes: benchWrites,
  events: benchEvents,
  memory: benchMemory,
  latency: benchLatency,
  faults: benchFaults,
  tracing: benchTracing,
  limits: benchLimits,
};

/** Only when they are asked for: a look into Teia, and a comparison with another clone. */
const others = (other: string | undefined): typeof parts => ({
  profile,
  against: (settings) => {
    if (!other) throw new Error('--other: the folder of the built clone to compare with');
    return benchAgainst(other, settings);
  },
});

const positive = (kind: 'number' | 'integer', setting: string, given: string): number => {
  const value = Number(given);
  const isOne = kind === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
  if (isOne && value > 0) return value;
  throw new Error(`--${setting}: ${given} is not a positive ${kind}`);
};

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      'in-flight': { type: 'string', default: '16' },
      other: { type: 'string' },
    },
  });
  const known = { ...parts, ...others(values.other) };
  const unknown = positionals.find((part) => !(part in known));
  if (unknown) throw new Error(`no part ${unknown}; there are ${Object.keys(known).join(', ')}`);
  const settings = {
    rounds: positive('integer', 'rounds', values.rounds),
    seconds: positive('number', 'seconds', values.seconds),
    inFlight: positive('integer', 'in-flight', values['in-flight']),
  };
  return { settings, known, chosen: positionals.length > 0 ? positionals : Object.keys(parts) };
};

const main = async () => {
  const { settings, known, chosen } = readArguments();
  const pinned = pinRest();
  console.log(
    `${settings.rounds} rounds of ${settings.seconds} s, ${settings.inFlight} in flight; ${
      pinned ? 'what is measured has a core of its own' : 'processes share the cores'
    }; Node ${process.version}`,
  );
  for (const part of chosen) {
    console.log(`\n## ${part}`);
    await known[part]!(settings);
  }
};

// What was started ends with this process, by its `exit` event, which a signal alone does not bring about.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
