import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { currentScope, runInScope, type Scope } from './scope';

const tenant = (): Scope => ({ role: 'inquilino', organizacaoId: randomUUID() });

test('work without a scope is a mistake that says what is missing', () => {
  expect(() => currentScope()).toThrow('No database scope: enter this work through runInScope().');
});

test('each of many concurrent works sees its own scope, also after waiting', async () => {
  const scopes = Array.from({ length: 50 }, tenant);
  const seen = await Promise.all(
    scopes.map((scope) =>
      runInScope(scope, async () => {
        await sleep(Math.random() * 10);
        return currentScope();
      }),
    ),
  );
  expect(seen).toEqual(scopes);
});

test('named work nests, and the tenant is back after it', async () => {
  const scope = tenant();
  const roles = await runInScope(scope, async () => [
    await runInScope({ role: 'identidade' }, async () => currentScope().role),
    currentScope().role,
  ]);
  expect(roles).toEqual(['identidade', 'inquilino']);
});

test('work that starts only when awaited, as Prisma does it, starts inside', async () => {
  const scope = tenant();
  const lazy: PromiseLike<Scope> = {
    // biome-ignore lint/suspicious/noThenProperty: a lazy promise is what this is about
    then: (resolve, reject) => Promise.resolve().then(currentScope).then(resolve, reject),
  };
  expect(await runInScope(scope, () => lazy)).toEqual(scope);
});

test('what does not look like a UUID never becomes a scope', async () => {
  const work = jest.fn();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.uuid().map((id) => `${id}'; --`),
        fc.constant(''),
      ),
      async (text) => {
        await expect(runInScope({ role: 'inquilino', organizacaoId: text }, work)).rejects.toThrow(TypeError);
        await expect(runInScope({ role: 'identidade', organizacaoId: text }, work)).rejects.toThrow(
          TypeError,
        );
      },
    ),
  );
  expect(work).not.toHaveBeenCalled();
});

test('a scope that is changed after its check stays as it was checked', async () => {
  const organizacaoId: string = randomUUID();
  const scope = { role: 'inquilino' as const, organizacaoId };
  const seen = await runInScope(scope, async () => {
    scope.organizacaoId = "x'; --";
    return currentScope();
  });
  expect(seen).toEqual({ role: 'inquilino', organizacaoId });
});
