import { runWhenCalled } from './run-when-called';
import { until } from './testing/until';

const never = 1_000_000;

describe('runWhenCalled', () => {
  it('works at once, and again for a call in the midst of a round', async () => {
    const ends: (() => void)[] = [];
    const { call, stop } = runWhenCalled(
      { everyMs: never, onError: () => {} },
      () => new Promise<void>((resolve) => ends.push(resolve)),
    );
    expect(ends).toHaveLength(1);
    call();
    call();
    expect(ends).toHaveLength(1);
    ends[0]!();
    await until(() => ends.length === 2);
    ends[1]!();
    await stop();
    expect(ends).toHaveLength(2);
  });

  it('comes back after a failure, called or not', async () => {
    let rounds = 0;
    const failures: unknown[] = [];
    const { stop } = runWhenCalled({ everyMs: 1, onError: (error) => failures.push(error) }, async () => {
      rounds += 1;
      throw new Error(`round ${rounds}`);
    });
    await until(() => failures.length > 2);
    await stop();
    expect(failures).toHaveLength(rounds);
  });

  it('ends a wait, and waits for the round under way, when it is to stop', async () => {
    let isOver = false;
    const { stop } = runWhenCalled({ everyMs: never, onError: () => {} }, async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await new Promise((resolve) => setImmediate(resolve));
      isOver = true;
    });
    await stop();
    expect(isOver).toBe(true);
  });
});
