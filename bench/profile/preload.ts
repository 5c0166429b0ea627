import { Session } from 'node:inspector/promises';

/*
 * Loaded before a program under measure (node --require): lets the bench take a CPU profile of it while it
 * works, over the channel between the processes.
 */
const session = new Session();
session.connect();

const answer = async (message: unknown) => {
  if (message === 'profile:start') {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    process.send?.('started');
  }
  if (message === 'profile:stop') {
    const { profile } = await session.post('Profiler.stop');
    process.send?.(profile);
  }
};

process.on('message', (message) => void answer(message));
// A program that has nothing else to do must still be able to end.
process.channel?.unref();
