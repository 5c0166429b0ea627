import { aCaller } from '../testing/callers';
import { SubgraphFailure } from './failure';
import { createSharing } from './sharing';

type Answer = { readonly text: string };

/** Questions that are answered when the test says so. */
const opened = () => {
  const sharing = createSharing((answer: Answer) => ({ ...answer }));
  const sent: { readonly answer: (text: string) => void; readonly fail: (error: Error) => void }[] = [];
  const ask = () =>
    new Promise<Answer>((resolve, fail) => {
      sent.push({ answer: (text) => resolve({ text }), fail });
    });
  const caller = aCaller();
  const read = (given: Partial<Parameters<typeof sharing.read>[0]> = {}) =>
    sharing.read({ caller, key: 'a', endsAt: 100, ...given }, ask);
  return { ...sharing, sent, caller, read };
};

test('the same read of the same Caller is sent once, and each gets an answer of its own', async () => {
  const { read, sent } = opened();
  const reads = [read(), read({ endsAt: 101 }), read({ endsAt: 100 })];
  sent[0]!.answer('um');
  const answers = await Promise.all(reads);
  expect(answers).toEqual(Array(3).fill({ text: 'um' }));
  expect(new Set(answers).size).toBe(3);
  expect(sent).toHaveLength(1);
});

test('nothing else is shared: not another read, not that of another Caller, not one that is over', async () => {
  const { read, sent } = opened();
  const first = read();
  void read({ key: 'b' });
  void read({ caller: aCaller() });
  expect(sent).toHaveLength(3);
  sent[0]!.answer('um');
  await first;
  void read();
  expect(sent).toHaveLength(4);
});

test('a failure is everybody’s, and nobody’s afterwards', async () => {
  const { read, sent } = opened();
  const reads = [read(), read()];
  sent[0]!.fail(new SubgraphFailure('broken', 'x'));
  expect((await Promise.allSettled(reads)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  void read();
  expect(sent).toHaveLength(2);
});

test('nobody waits for longer than they may', () => {
  const { read, sent } = opened();
  void read({ endsAt: 100 });
  void read({ endsAt: 99 });
  expect(sent).toHaveLength(2);
});

test.each(['deadline', 'timeout'] as const)(
  'the %s of one fails no other: those who have time left ask once more, together',
  async (kind) => {
    const { read, sent } = opened();
    const first = read({ endsAt: 100 });
    const atOnce = read({ endsAt: 101 });
    const others = [read({ endsAt: 200 }), read({ endsAt: 300 })];
    sent[0]!.fail(new SubgraphFailure(kind, 'x'));
    await expect(first).rejects.toThrow();
    await expect(atOnce).rejects.toThrow();
    await new Promise(setImmediate);
    expect(sent).toHaveLength(2);
    sent[1]!.answer('dois');
    expect(await Promise.all(others)).toEqual([{ text: 'dois' }, { text: 'dois' }]);
  },
);

test('what begins after a change joins nothing that began before it', async () => {
  const { read, sent, forget, caller } = opened();
  const before = read();
  forget(caller);
  const after = [read(), read()];
  expect(sent).toHaveLength(2);
  sent[0]!.answer('velho');
  await before;
  void read();
  expect(sent).toHaveLength(2);
  sent[1]!.answer('novo');
  expect(await Promise.all(after)).toEqual([{ text: 'novo' }, { text: 'novo' }]);
});
