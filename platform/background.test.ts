import { setTimeout as sleep } from 'node:timers/promises';
import { createBackground } from './background';
import { log } from './log';

it('does not keep its caller waiting, and is waited for at the end', async () => {
  const done: string[] = [];
  const background = createBackground('lost');
  background.run(async () => {
    await sleep(20);
    done.push('work');
  });
  done.push('caller');
  await background.settled();
  expect(done).toEqual(['caller', 'work']);
});

it('survives what fails, and leaves out what is too much', async () => {
  const warned = jest.spyOn(log, 'warn').mockImplementation(() => {});
  const background = createBackground('lost');
  let done = 0;
  expect(background.run(() => Promise.reject(new Error('failed')))).toBe(true);
  for (let i = 0; i < 49; i++) background.run(async () => void done++);
  for (let i = 0; i < 951; i++) expect(background.run(async () => void done++)).toBe(false);
  await background.settled();
  expect(done).toBe(49);
  expect(warned).toHaveBeenCalledTimes(1);
  background.run(async () => void done++);
  await background.settled();
  expect(done).toBe(50);
  warned.mockRestore();
});
