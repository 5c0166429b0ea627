import { checkTogether } from './check-together';

const check = (ms: number, error?: string) =>
  new Promise<void>((resolve, reject) => {
    setTimeout(() => (error ? reject(new Error(error)) : resolve()), ms);
  });

test('throws the first error of the list, whichever check is the fastest', async () => {
  await expect(checkTogether([check(5), check(20, 'a'), check(0, 'b')])).rejects.toThrow('a');
  await expect(checkTogether([check(0), check(1)])).resolves.toBeUndefined();
  await expect(checkTogether([])).resolves.toBeUndefined();
});
