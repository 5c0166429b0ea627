import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueStore } from '../../events/queue-engine';
import { log } from '../../log';
import { until } from '../../testing/until';
import { openSignals } from '../open-signals';

type Place = {
  readonly store: QueueStore;
  /** Cuts every connection that there is. */
  readonly interrupt: () => Promise<void>;
};

/** What holds for signals, whatever they travel by. */
export const signalsContract = (place: () => Place): void => {
  const opened: (() => Promise<void>)[] = [];
  const open = (store = place().store) => {
    const signals = openSignals(store);
    opened.push(signals.close);
    return signals;
  };
  const listening = (signals = open()) => {
    const heard = { times: 0 };
    const stop = signals.onSignal('revogacoes', () => {
      heard.times += 1;
    });
    opened.push(stop);
    return { heard, stop };
  };
  /** Signals until it is heard: what nobody listens to yet is lost. */
  const reaches = async (signals: ReturnType<typeof openSignals>, heard: { readonly times: number }) => {
    const before = heard.times;
    await until(async () => {
      await signals.signal('revogacoes');
      await sleep(20);
      return heard.times > before;
    });
  };

  beforeEach(() => {
    jest.spyOn(log, 'warn').mockImplementation(() => {});
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
    jest.restoreAllMocks();
  });

  it('reach everybody who listens, the sender included, and nobody who stopped', async () => {
    const sender = open();
    const [one, other, same] = [listening(), listening(), listening(sender)];
    for (const { heard } of [one, other, same]) await reaches(sender, heard);
    await one.stop();
    const before = one.heard.times;
    await reaches(sender, other.heard);
    expect(one.heard.times).toBe(before);
  });

  it('go on by themselves after connections were lost', async () => {
    const sender = open();
    const { heard } = listening();
    await reaches(sender, heard);
    await place().interrupt();
    await reaches(sender, heard);
  });

  it('are many at once without an error', async () => {
    const sender = open();
    const { heard } = listening();
    await reaches(sender, heard);
    await Promise.all(Array.from({ length: 200 }, () => sender.signal('revogacoes')));
    await reaches(sender, heard);
    expect(log.warn).not.toHaveBeenCalled();
  });
};

/** Signals to somewhere where nobody is: those who sign out must not notice. */
export const lostSignals = (store: QueueStore): void => {
  it('are lost without an error when nobody is there, and hold no end up', async () => {
    const warned = jest.spyOn(log, 'warn').mockImplementation(() => {});
    const signals = openSignals(store);
    const stop = signals.onSignal('revogacoes', () => {});
    await expect(signals.signal('revogacoes')).resolves.toBeUndefined();
    await signals.signal('revogacoes');
    await stop();
    await signals.close();
    expect(warned).toHaveBeenCalled();
    expect(JSON.stringify(warned.mock.calls)).not.toContain('segredo');
    warned.mockRestore();
  });
};
