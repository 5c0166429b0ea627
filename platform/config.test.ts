import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, checkSubgraphUrls, readConfig, requireInProduction } from './config';
import { fromRoot } from './project-root';

describe('readConfig', () => {
  it('needs nothing in development', () => {
    expect(readConfig({})).toEqual({
      NODE_ENV: 'development',
      TEIA_HOST: 'localhost',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: 1,
      TEIA_PROXIES: [],
      TEIA_LIMITE_APELIDOS: 50,
      TEIA_LIMITE_CAMPOS: 300,
      TEIA_LIMITE_CAMPOS_RAIZ: 20,
      TEIA_LIMITE_CORPO: 1_048_576,
      TEIA_LIMITE_CUSTO: 10_000,
      TEIA_LIMITE_DIRETIVAS: 50,
      TEIA_LIMITE_PROFUNDIDADE: 15,
      TEIA_LIMITE_REPRESENTACOES: 1_000,
      TEIA_LIMITE_TOKENS: 5_000,
      TEIA_ORIGENS: [],
      TEIA_LIMITE_USO: { max: 1_000, windowMs: 60_000 },
      TEIA_DATA_DIR: resolve('.teia'),
      TEIA_OPERACOES: 'todas',
      TEIA_PRAZO_MS: 30_000,
      TEIA_PRAZO_SUBGRAFO_MS: 10_000,
      subgraphUrls: new Map(),
      subgraphTimeouts: new Map(),
    });
  });

  it('takes an empty variable for none', () => {
    const empty = { PORT: '', NODE_ENV: '', DATABASE_URL: '', SUBGRAPH_VENDAS_URL: '' };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it('names every variable that is wrong, each in a line, and repeats no value', () => {
    const wrong = {
      PORT: 'segredo',
      DATABASE_URL: 'http://usuario:segredo@x/y',
      TEIA_ADMIN_SENHA: 'segredo',
      TEIA_ADMIN_EMAIL: 'segredo',
      REDIS_URL: 'http://segredo:6379',
      METRICS_PORT: '-1segredo',
      INTERNAL_PORT: '65536',
      SUBGRAPH_VENDAS_URL: 'http://usuario:segredo@vendas:4001',
      NODE_ENV: 'segredo',
    };
    let message = '';
    try {
      readConfig(wrong);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      message = error.message;
    }
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual(
      expect.arrayContaining(Object.keys(wrong)),
    );
    expect(message).not.toContain('segredo');
  });

  it('insists in production, and only there, on what would otherwise be made for development', () => {
    const essential = ['DATABASE_URL', 'TEIA_CHAVES', 'TEIA_CHAVES_INTERNAS'] as const;
    const production = readConfig({ NODE_ENV: 'production', TEIA_CHAVES_INTERNAS: 'chaves.json' });
    expect(() => requireInProduction(production, essential)).toThrow(
      /^DATABASE_URL: [^\n]*\nTEIA_CHAVES: [^\n]*$/,
    );
    expect(() => requireInProduction(production, ['TEIA_CHAVES_INTERNAS'])).not.toThrow();
    expect(() => requireInProduction(readConfig({}), essential)).not.toThrow();
  });

  it('reads the address of each subgraph that has one', () => {
    const { subgraphUrls } = readConfig({
      SUBGRAPH_VENDAS_URL: 'http://vendas:4001',
      SUBGRAPH_CLIENTES_URL: 'https://[::1]:8443/ , http://a:4001,http://a:4001/',
      SUBGRAPH_USUARIOS_URL: '',
    });
    expect([...subgraphUrls]).toEqual([
      ['vendas', ['http://vendas:4001']],
      ['clientes', ['https://[::1]:8443', 'http://a:4001']],
    ]);
  });

  it('reads how long requests may take', () => {
    const { TEIA_PRAZO_MS, TEIA_PRAZO_SUBGRAFO_MS, subgraphTimeouts } = readConfig({
      TEIA_PRAZO_MS: '5000',
      SUBGRAPH_VENDAS_PRAZO_MS: '2500',
      SUBGRAPH_CLIENTES_PRAZO_MS: '',
    });
    expect({ TEIA_PRAZO_MS, TEIA_PRAZO_SUBGRAFO_MS }).toEqual({
      TEIA_PRAZO_MS: 5_000,
      TEIA_PRAZO_SUBGRAFO_MS: 10_000,
    });
    expect([...subgraphTimeouts]).toEqual([['vendas', 2_500]]);
  });

  it.each(
    ['TEIA_PRAZO_MS', 'TEIA_PRAZO_SUBGRAFO_MS', 'SUBGRAPH_VENDAS_PRAZO_MS'].flatMap((setting) =>
      ['0', '-1', '1.5', '10s', 'Infinity', '600001'].map((value) => [setting, value] as const),
    ),
  )('refuses %s %j, in one line', (setting, value) => {
    expect(() => readConfig({ [setting]: value })).toThrow(new RegExp(`^${setting}: [^\\n]+$`));
  });

  it.each([
    'vendas:4001',
    'ftp://vendas',
    'http://vendas:4001/graphql',
    'http://vendas:4001/?a',
    'http://vendas:4001/#a',
    'http://a@vendas:4001',
    'http://',
    'http://a:99999',
    'http://a:4001,',
    'http://a:4001,vendas:4001',
    'http://a:4001;http://b:4001',
    ',',
  ])('refuses %s for the address of a subgraph', (SUBGRAPH_VENDAS_URL) => {
    expect(() => readConfig({ SUBGRAPH_VENDAS_URL })).toThrow(/^SUBGRAPH_VENDAS_URL: /);
  });

  it.each([
    ['TEIA_EMAIL_REMETENTE', 'teia'],
    ['TEIA_EMAIL_REMETENTE', 'Teia <teia>'],
    ['TEIA_EMAIL_REMETENTE', 'Teia teia@exemplo.com'],
    ['TEIA_EMAIL_REMETENTE', 'Teia <teia@exemplo.com>, outra@exemplo.com'],
    ['TEIA_EMAIL_REMETENTE', 'outra@exemplo.com, Teia <teia@exemplo.com>'],
    ['TEIA_EMAIL_REMETENTE', 'Teia <teia@exemplo.com>\r\nBcc: outra@exemplo.com'],
    ['TEIA_EMAIL_REMETENTE', 'Teia\nBcc: a <teia@exemplo.com>'],
    ['SMTP_URL', 'http://correio'],
    ['SMTP_URL', 'correio:25'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://correio/?ignoreTLS=true'],
    ['TEIA_APP_URL', 'app.exemplo.com'],
    ['TEIA_APP_URL', 'javascript:alert(1)'],
    ['TEIA_APP_URL', 'https://app.exemplo.com/?a'],
    ['TEIA_APP_URL', 'https://app.exemplo.com/#a'],
    ['TEIA_APP_URL', 'https://a:b@app.exemplo.com'],
  ])('refuses %s %j, in one line', (setting, value) => {
    expect(() => readConfig({ [setting]: value })).toThrow(new RegExp(`^${setting}: [^\\n]+$`));
  });

  it('reads from whom messages are, and where links lead', () => {
    const given = {
      TEIA_EMAIL_REMETENTE: ' Clínica São João <clinica@exemplo.com> ',
      SMTP_URL: 'smtp://teia:se%40nha@[::1]:587',
      TEIA_APP_URL: 'https://exemplo.com/app/',
    };
    expect(readConfig(given)).toMatchObject({
      TEIA_EMAIL_REMETENTE: 'Clínica São João <clinica@exemplo.com>',
      SMTP_URL: 'smtp://teia:se%40nha@[::1]:587',
      TEIA_APP_URL: 'https://exemplo.com/app',
    });
  });

  it('reads whom to believe about the addresses of clients', () => {
    const TEIA_PROXIES = ' 192.0.2.7,10.0.0.0/8 , 2001:db8::1,fc00::/7,::ffff:192.0.2.8,::1,';
    expect(() => readConfig({ TEIA_PROXIES })).toThrow(/^TEIA_PROXIES: [^\n]+$/);
    expect(readConfig({ TEIA_PROXIES: TEIA_PROXIES.slice(0, -1) }).TEIA_PROXIES).toEqual([
      '192.0.2.7',
      '10.0.0.0/8',
      '2001:db8::1',
      'fc00::/7',
      '::ffff:192.0.2.8',
      '::1',
    ]);
  });

  it.each([
    'proxy',
    'loopback',
    'true',
    '1',
    '127.1',
    '0x7f000001',
    '256.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0/',
    '0.0.0.0/0',
    '0.0.0.0/00',
    '::/0',
    '::/000',
    'fc00::/129',
    'fe80::1%eth0',
    '[::1]',
    '10.0.0.1:443',
    '10.0.0.1 10.0.0.2',
    '10.0.0.1;10.0.0.2',
    '10.0.0.1,,10.0.0.2',
    ',',
    ' ',
    '10.0.0.1,proxy',
  ])('believes nobody at %j', (TEIA_PROXIES) => {
    expect(() => readConfig({ TEIA_PROXIES })).toThrow(/^TEIA_PROXIES: [^\n]+$/);
  });

  it('refuses the address of a subgraph that does not exist, and names those that do', () => {
    const config = readConfig({ SUBGRAPH_VENDA_URL: 'http://vendas:4001' });
    expect(() => checkSubgraphUrls(config, ['clientes', 'vendas'])).toThrow(
      /^SUBGRAPH_VENDA_URL: .*clientes, vendas\.$/,
    );
  });

  it('knows the settings that .env.example explains, and no others', () => {
    const explained = [...readFileSync(fromRoot('.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    const settings = readdirSync(fromRoot('platform', 'settings')).map((file) => join('settings', file));
    const own = ['config.ts', ...settings].flatMap(
      (file) => readFileSync(fromRoot('platform', file), 'utf8').match(/^ {2}([A-Z_]+): /gm) ?? [],
    );
    expect(explained.sort()).toEqual([...own].map((line) => line.trim().replace(':', '')).sort());
  });
});
