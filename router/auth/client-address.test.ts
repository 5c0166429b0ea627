import { request } from 'undici';
import { withRouter } from '../testing/test-router';

const query = '{ eu { info } }';

type Sent = { readonly from: string; readonly headers?: Record<string, string>; readonly url?: string };

/** The address that subgraphs are told of requests that come from a peer. */
const asking =
  (
    use: (addressOf: (sent: Sent) => Promise<string | null>) => Promise<void>,
    proxies: readonly string[] = [],
  ) =>
  () =>
    withRouter(
      ({ app }) =>
        use(async ({ from, headers = {}, url = '/graphql' }) => {
          const response = await app.inject({
            method: 'POST',
            url,
            remoteAddress: from,
            headers: { 'content-type': 'application/json', ...headers },
            payload: { query },
          });
          expect([response.statusCode, response.json().errors]).toEqual([200, undefined]);
          return JSON.parse(response.json().data.eu.info).ip;
        }),
      { proxies },
    )();

const client = '203.0.113.9';
const proxies = ['192.0.2.7', '10.0.0.0/8', '2001:db8:a::/48'];

const claims: Record<string, string>[] = [
  { 'x-forwarded-for': client },
  { 'x-forwarded-for': `127.0.0.1, 192.0.2.7, ${client}` },
  { 'x-real-ip': client },
  { forwarded: `for=${client}` },
  { 'x-client-ip': client, 'cf-connecting-ip': client, 'true-client-ip': client },
  { 'x-forwarded-for': '::1' },
  { 'x-forwarded-for': ', ,\t,' },
];

test(
  'without proxies nothing that a client says changes its address',
  asking(async (addressOf) => {
    for (const from of [
      '198.51.100.4',
      '127.0.0.1',
      '10.0.0.1',
      '::1',
      '::ffff:198.51.100.4',
      '2001:db8::4',
    ]) {
      for (const headers of claims) expect(await addressOf({ from, headers })).toBe(from);
    }
  }),
);

test(
  'nor does what is said by whom nobody trusts',
  asking(async (addressOf) => {
    for (const from of [
      '198.51.100.4',
      '192.0.2.8',
      '11.0.0.1',
      '127.0.0.1',
      '2001:db8:b::1',
      '::ffff:192.0.2.8',
    ]) {
      for (const headers of claims) expect(await addressOf({ from, headers })).toBe(from);
    }
  }, proxies),
);

test(
  'a proxy is believed, however its own address is written',
  asking(async (addressOf) => {
    for (const from of [
      '192.0.2.7',
      '10.9.8.7',
      '::ffff:192.0.2.7',
      '::ffff:10.1.1.1',
      '2001:db8:a::1',
      '2001:DB8:A:0::2',
    ]) {
      for (const said of [client, '2001:db8:c::9', '::ffff:203.0.113.9'])
        expect(await addressOf({ from, headers: { 'x-forwarded-for': said } })).toBe(said);
    }
  }, proxies),
);

test(
  'a proxy is believed in no other header, and without any it is the client itself',
  asking(async (addressOf) => {
    const silent: Record<string, string>[] = [
      {},
      { 'x-real-ip': client },
      { forwarded: `for=${client}` },
      { 'x-forwarded-for': '' },
    ];
    for (const headers of silent) expect(await addressOf({ from: '192.0.2.7', headers })).toBe('192.0.2.7');
  }, proxies),
);

test(
  'of many addresses the nearest counts that is no proxy, whatever stands before it',
  asking(async (addressOf) => {
    const before = [
      '',
      '127.0.0.1, ',
      '10.0.0.1,',
      '198.51.100.4,10.0.0.2 , ',
      'lixo, ',
      `${'1.1.1.1,'.repeat(900)}`,
    ];
    const after = ['', ', 10.0.0.2', ',192.0.2.7,10.0.0.2', ', ::ffff:10.0.0.2', ', ,'];
    for (const left of before) {
      for (const right of after) {
        const said = `${left}${client}${right}`;
        expect(await addressOf({ from: '192.0.2.7', headers: { 'x-forwarded-for': said } })).toBe(client);
      }
    }
    const onlyProxies = { 'x-forwarded-for': '10.0.0.3, 10.0.0.2' };
    expect(await addressOf({ from: '192.0.2.7', headers: onlyProxies })).toBe('10.0.0.3');
  }, proxies),
);

test.each([
  'unknown',
  '_hidden',
  '203.0.113.9:4711',
  '[2001:db8::9]:4711',
  '999.0.0.1',
  '1',
  '%',
  '%eth0',
  "'; DROP TABLE sessao; --",
  '<script>',
  'a'.repeat(10_000),
  `203.0.113.9, ${'9'.repeat(10_000)}`,
])('what a proxy passes on and is no address is none: %.40j', (said) =>
  asking(async (addressOf) => {
    expect(await addressOf({ from: '192.0.2.7', headers: { 'x-forwarded-for': said } })).toBeNull();
  }, proxies)(),
);

test(
  'the zone of a link-local address is left out',
  asking(async (addressOf) => {
    expect(await addressOf({ from: 'fe80::1%eth0' })).toBe('fe80::1');
    const headers = { 'x-forwarded-for': `fe80::2%${'0'.repeat(5_000)}` };
    expect(await addressOf({ from: '192.0.2.7', headers })).toBe('fe80::2');
  }, proxies),
);

test('more than headers may hold is refused', () =>
  withRouter(
    async ({ url }) => {
      const headers = { 'x-forwarded-for': '1.1.1.1,'.repeat(4_000) };
      const { statusCode, body } = await request(`${url}/graphql`, { headers });
      await body.dump();
      expect(statusCode).toBe(431);
    },
    { proxies: ['127.0.0.1'] },
  )());

test(
  'a proxy has no say in anything else',
  asking(async (addressOf) => {
    for (const said of ['outro.exemplo.com', '[', 'a/b?c#d', '']) {
      for (const scheme of ['https', 'data:', 'javascript', ' ', 'x:y', '']) {
        const headers = { 'x-forwarded-for': client, 'x-forwarded-host': said, 'x-forwarded-proto': scheme };
        expect(await addressOf({ from: '192.0.2.7', headers })).toBe(client);
      }
    }
  }, proxies),
);
