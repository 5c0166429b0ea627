import { withRouter } from './testing/test-router';

const policyOf = (text: string) =>
  new Map(
    text.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
const hostsOf = (html: string, pattern: RegExp) =>
  [...html.matchAll(pattern)].map((match) => new URL(match[1]!).origin);
const page = { accept: 'text/html,application/xhtml+xml' };

test('a browser that opens either address gets Apollo Sandbox, asking this very endpoint', () =>
  withRouter(async ({ get }) => {
    const root = await get('/', page);
    expect({ status: root.status, location: root.headers.location }).toEqual({
      status: 302,
      location: '/graphql',
    });

    const { status, headers, text } = await get('/graphql', page);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('new window.EmbeddedSandbox(');
    expect(text).toContain('var initialEndpoint = window.location.href');
    expect(text).toContain('"endpointIsEditable":false');
    expect(text).toContain('"runTelemetry":false');
  })());

test('our policy lets every part of the page work, and nothing else', () =>
  withRouter(async ({ get }) => {
    const { headers, text } = await get('/graphql', page);
    const policy = policyOf(String(headers['content-security-policy']));
    const itsOwn = policyOf(/http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)![1]!);

    const nonces = new Set(
      [...text.matchAll(/<(?:script|style) nonce="?([\da-f]+)/g)].map(([, nonce]) => nonce),
    );
    expect(nonces.size).toBe(1);
    const nonce = `'nonce-${[...nonces][0]}'`;
    expect([...text.matchAll(/<(script|style)/g)]).toHaveLength(
      [...text.matchAll(/<(script|style) nonce=/g)].length,
    );

    const used = {
      'script-src': [nonce, ...hostsOf(text, /<script[^>]* src="([^"]+)"/g)],
      'style-src': [nonce, ...hostsOf(text, /href="([^"]+)"\s+rel="stylesheet"/g)],
      'img-src': [...new Set(hostsOf(text, /rel="(?:apple-touch-)?icon"\s+href="([^"]+)"/g))],
      'manifest-src': hostsOf(text, /rel="manifest"\s+href="([^"]+)"/g),
      'frame-src': ['https://sandbox.embed.apollographql.com'],
    };
    for (const [directive, sources] of Object.entries(used)) {
      expect(sources).not.toHaveLength(0);
      expect(policy.get(directive)).toEqual(sources);
      expect(itsOwn.get(directive)).toEqual(expect.arrayContaining(sources));
    }
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(itsOwn.has('connect-src')).toBe(false);
    // Either would keep the page, served over plain HTTP, from reaching its own endpoint.
    expect(policy.has('upgrade-insecure-requests')).toBe(false);
    expect(headers['cross-origin-embedder-policy']).toBeUndefined();
    expect(headers['cross-origin-opener-policy']).toBe('same-origin-allow-popups');
  })());

test('each page has a nonce of its own', () =>
  withRouter(async ({ get }) => {
    const policies = await Promise.all([get('/graphql', page), get('/graphql', page)]);
    const [first, second] = policies.map(({ headers }) => headers['content-security-policy']);
    expect(first).not.toBe(second);
  })());

test('the endpoint answers what the page sends: the introspection query, from its own origin', () =>
  withRouter(async ({ ask, url }) => {
    const { status, data } = await ask(
      'query IntrospectionQuery { __schema { types { name } } }',
      {},
      { origin: url },
    );
    expect(status).toBe(200);
    expect(JSON.stringify(data)).toContain('"Cliente"');
  })());

test('what is not the page keeps the strict policy', () =>
  withRouter(async ({ ask, get }) => {
    for (const { headers } of [await ask('{ __typename }'), await get('/nada', page)]) {
      expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  })());
