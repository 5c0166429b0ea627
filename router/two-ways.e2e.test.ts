import { join } from 'node:path';
import { decodeJwt, SignJWT } from 'jose';
import { type Permission, permissionNames } from '../platform/permissions';
import { ensureSigningKeys, readSigningKeys } from '../platform/signing-keys';
import { granting } from '../platform/testing/callers';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { operations } from './testing/two-ways/operations';
import { type Memory, session } from './testing/two-ways/session';
import { inOneProcess, overHttp, startWay, type Way } from './testing/two-ways/start-way';
import { variantsOf } from './testing/two-ways/variants';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let keys: { signingKeysFile: string; internalKeysFile: string };
beforeAll(async () => {
  temporary = await temporaryFolder();
  keys = {
    signingKeysFile: join(temporary.path, 'chaves.json'),
    internalKeysFile: join(temporary.path, 'chaves-internas.json'),
  };
  await ensureSigningKeys(keys.signingKeysFile);
  await ensureSigningKeys(keys.internalKeysFile);
});
afterAll(() => temporary.remove());

type Answer = {
  /** What was asked, in words. */
  readonly asked: string;
  readonly status: number;
  readonly headers: object;
  readonly text: string;
};

/** A token of the same session that allows less. */
const tokenLike = async (token: string, permissoes: readonly Permission[], agora: Date) => {
  const { signing } = await readSigningKeys(keys.signingKeysFile);
  const { kid, privateKey } = signing(new Date());
  const iat = agora.getTime() / 1000;
  return new SignJWT({ ...decodeJwt(token), permissoes: granting(permissoes) })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
    .setIssuedAt(iat)
    .setExpirationTime(iat + 900)
    .sign(privateKey);
};

const reduced: Readonly<Record<string, readonly Permission[]>> = {
  'who may only read Clientes': ['clientes:ler'],
  'who may not see what others own': permissionNames.filter(
    (permission) => !['clientes:ler', 'usuarios:ler'].includes(permission),
  ),
};

const shownHeaders = ['content-type', 'cache-control', 'www-authenticate', 'x-request-id'];

/** Goes through the session, with all that can be wrong about each step before and after it. */
const goThrough = async ({ world, mailbox, post }: Way): Promise<Answer[]> => {
  const answers: Answer[] = [];
  const memory: Memory = {};
  const varied = new Set<string>();

  const ask = async (asked: string, operation: string, variables: object, headers: object) => {
    world.pass(150);
    const requestId = `pedido-${String(answers.length).padStart(6, '0')}`;
    const answer = await post(
      { query: operations.get(operation)!, variables, operationName: operation },
      { 'x-request-id': requestId, 'user-agent': 'Zoë/1.0 (100%)', ...headers },
    );
    const shown = Object.fromEntries(shownHeaders.map((name) => [name, answer.headers[name]]));
    answers.push({
      asked: `${operation}: ${asked}`,
      status: answer.status,
      headers: shown,
      text: answer.text,
    });
    return answer;
  };
  const less = (token: string, permissoes: readonly Permission[]) =>
    tokenLike(token, permissoes, world.agora());
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  for (const [number, step] of session.entries()) {
    const { operation, as, variables: make, keep, isPublic, needsNoPermission } = step;
    const variables = (await make?.(memory, mailbox)) ?? {};
    const token: string | undefined = as && memory[as].tokenAcesso;
    const authorization = token ? bearer(token) : {};

    if (!isPublic && token) {
      await ask('nobody', operation, variables, {});
      await ask('a stranger', operation, variables, bearer(memory.bia.tokenAcesso));
      await ask('a broken token', operation, variables, bearer(`${token.slice(0, -8)}AAAAAAAA`));
      if (!needsNoPermission) {
        await ask('who may do nothing', operation, variables, bearer(await less(token, [])));
      }
    }

    const headers = { ...authorization, 'idempotency-key': `chave-${number}` };
    const { data, errors } = await ask('as it should be', operation, variables, headers);
    if (errors) throw new Error(`${operation}: ${JSON.stringify(errors)}`);
    if (keep) memory[keep] = Object.values(data!)[0];

    await ask('again, by its key', operation, variables, headers);
    await ask('something else, by the same key', operation, { ...variantsOf(variables).at(-1) }, headers);
    await ask('again', operation, variables, authorization);
    for (const [who, permissoes] of Object.entries(token ? reduced : {})) {
      await ask(who, operation, variables, bearer(await less(token!, permissoes)));
    }
    const variants = varied.has(operation) ? [] : variantsOf(variables);
    varied.add(operation);
    for (const [i, variant] of variants.entries()) {
      await ask(`variant ${i}`, operation, variant, authorization);
    }
  }
  return answers;
};

const codesOf = (answers: readonly Answer[]) =>
  new Set(
    answers.flatMap(({ text }) =>
      ((JSON.parse(text).errors ?? []) as { extensions: { code: string } }[]).map(
        ({ extensions }) => extensions.code,
      ),
    ),
  );

test('the session uses every committed operation, so that none can be added without being compared', () => {
  expect(new Set(session.map(({ operation }) => operation))).toEqual(new Set(operations.keys()));
});

test('in one process and over HTTP every answer is the same, byte for byte', async () => {
  const ways: Way[] = [];
  try {
    for (const way of [inOneProcess, overHttp]) {
      ways.push(await startWay(way, keys, join(temporary.path, String(ways.length))));
    }
    const [together, apart] = await Promise.all(ways.map(goThrough));
    for (const [i, answer] of together!.entries()) expect(apart![i]).toEqual(answer);
    expect(apart).toHaveLength(together!.length);

    // What would make the comparison worth nothing: answers that are all alike.
    expect([...codesOf(together!)].sort()).toEqual([
      'BAD_USER_INPUT',
      'CONFLICT',
      'FORBIDDEN',
      'NOT_FOUND',
      'UNAUTHENTICATED',
    ]);
    for (const operation of operations.keys()) {
      const refused = together!
        .filter(({ asked }) => asked.startsWith(`${operation}: `))
        .map(({ text }) => 'errors' in JSON.parse(text));
      expect([operation, new Set(refused)]).toEqual([operation, new Set([true, false])]);
    }
  } finally {
    await Promise.all(ways.map(({ stop }) => stop()));
  }
}, 180_000);
