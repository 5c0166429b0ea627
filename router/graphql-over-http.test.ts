import { serverAudits } from 'graphql-http';
import { testRouter } from './testing/test-router';

/** GET requests that a page of another site could have a browser send without asking first. */
const refusedByCsrfPrevention = [
  'MAY accept application/x-www-form-urlencoded formatted GET requests',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
];

let router: Awaited<ReturnType<typeof testRouter>>;
beforeAll(async () => {
  router = await testRouter();
});
afterAll(() => router.close());

const audits = serverAudits({ url: () => `${router.url}/graphql`, fetchFn: fetch });

test.each(audits.map(({ name, fn }) => ({ name, fn })))('$name', async ({ name, fn }) => {
  const result = await fn();
  const expected = refusedByCsrfPrevention.includes(name) ? 'notice' : 'ok';
  if (result.status !== 'ok')
    expect(`${result.status}: ${result.reason}`).toMatch(new RegExp(`^${expected}: `));
  expect(result.status).toBe(expected);
});

test('and each of these GET requests is answered when it says that no form sent it', async () => {
  const variables = encodeURIComponent(JSON.stringify({ name: 'Cliente' }));
  const query = encodeURIComponent('query Type($name: String!) { __type(name: $name) { name } }');
  const { status, text } = await router.get(`/graphql?query=${query}&variables=${variables}`, {
    'apollo-require-preflight': '1',
  });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ data: { __type: { name: 'Cliente' } } });
});
