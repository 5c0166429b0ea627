import { givenTuning } from '../../platform/config';
import { type ComposeFile, readComposeFile } from '../compose-file';
import { environmentOf, type Machine } from './environment';

const compose = readComposeFile();

const ports = new Map(Object.keys(compose.services).map((name, index) => [name, 4000 + index]));

const metricsPorts = new Map([...ports].map(([name, port]) => [name, port + 5464]));

const machine: Machine = {
  config: {
    NODE_ENV: 'development',
    TEIA_PROXIES: ['192.0.2.7', '10.0.0.0/8'],
    REDIS_URL: undefined,
    TEIA_ADMIN_EMAIL: undefined,
    TEIA_ADMIN_SENHA: undefined,
    TEIA_ORGANIZACAO: 'Clínica São João',
    TEIA_APP_URL: undefined,
    SMTP_URL: undefined,
    TEIA_EMAIL_REMETENTE: 'Clínica <clinica@exemplo.com>',
  },
  databaseUrl: 'postgres://teia_app:senha@127.0.0.1:5433/teia',
  databaseAdminUrl: 'postgres://postgres:chefe@127.0.0.1:5433/postgres',
  dataDir: '/dados',
  ports,
  metricsPorts,
  keyFiles: { TEIA_CHAVES: '/dados/chaves.json', TEIA_CHAVES_INTERNAS: '/dados/internas.json' },
  tuning: {},
};

const notOurs = ['postgres', 'redis', 'correio', 'prometheus', 'grafana', 'jaeger'];

const links = {
  NODE_ENV: 'development',
  TEIA_CHAVES_INTERNAS: '/dados/internas.json',
  SUBGRAPH_CLIENTES_URL: `http://localhost:${ports.get('clientes')}`,
  SUBGRAPH_ORGANIZACOES_URL: `http://localhost:${ports.get('organizacoes')}`,
  SUBGRAPH_USUARIOS_URL: `http://localhost:${ports.get('usuarios')}`,
  SUBGRAPH_VENDAS_URL: `http://localhost:${ports.get('vendas')}`,
};

/** The file of the project, with other variables for one service. */
const withVariables = (service: string, environment: Record<string, string>): ComposeFile => {
  const given = compose.services[service]!;
  const changed = { ...given, environment: { ...given.environment, ...environment } };
  return { ...compose, services: { ...compose.services, [service]: changed } };
};

describe('environmentOf', () => {
  it('gives the router links and keys, and no database', () => {
    const environment = environmentOf(compose, machine, 'router');
    expect(environment).toMatchObject({
      ...links,
      PORT: String(ports.get('router')),
      METRICS_PORT: String(metricsPorts.get('router')),
      TEIA_DATA_DIR: '/dados',
      TEIA_PROXIES: '192.0.2.7,10.0.0.0/8',
    });
    expect(environment).not.toHaveProperty('DATABASE_URL');
  });

  it('gives a subgraph its database and port', () => {
    const environment = environmentOf(compose, machine, 'vendas');
    expect(environment).toMatchObject({
      ...links,
      PORT: String(ports.get('vendas')),
      METRICS_PORT: String(metricsPorts.get('vendas')),
      SUBGRAPH: 'vendas',
      DATABASE_URL: machine.databaseUrl,
    });
    // Absent rather than undefined, which a process would be given as text.
    expect(environment).not.toHaveProperty('REDIS_URL');
  });

  it('gives usuarios alone the signing keys, the first organization and from whom messages are', () => {
    const own = {
      TEIA_CHAVES: '/dados/chaves.json',
      TEIA_ORGANIZACAO: 'Clínica São João',
      TEIA_EMAIL_REMETENTE: 'Clínica <clinica@exemplo.com>',
    };
    for (const service of ports.keys()) {
      const { TEIA_CHAVES, TEIA_ORGANIZACAO, TEIA_EMAIL_REMETENTE } = notOurs.includes(service)
        ? {}
        : environmentOf(compose, machine, service);
      const given = { TEIA_CHAVES, TEIA_ORGANIZACAO, TEIA_EMAIL_REMETENTE };
      expect(given).toEqual(service === 'usuarios' ? own : {});
    }
  });

  it('lets usuarios write messages into files where no mail server is named, whatever containers are told', () => {
    expect(environmentOf(compose, machine, 'usuarios')).not.toHaveProperty('SMTP_URL');
    const config = { ...machine.config, SMTP_URL: 'smtp://127.0.0.1:2525' };
    expect(environmentOf(compose, { ...machine, config }, 'usuarios').SMTP_URL).toBe('smtp://127.0.0.1:2525');
  });

  it('gives the administrator of the database to the migration alone', () => {
    expect(environmentOf(compose, machine, 'migrar')).toEqual({
      NODE_ENV: 'development',
      DATABASE_URL: machine.databaseUrl,
      DATABASE_ADMIN_URL: machine.databaseAdminUrl,
    });
  });

  it("passes the caller's Redis on, where docker-compose.yml has one", () => {
    const config = { ...machine.config, REDIS_URL: 'redis://127.0.0.1:6380' };
    expect(environmentOf(compose, { ...machine, config }, 'vendas').REDIS_URL).toBe('redis://127.0.0.1:6380');
    expect(environmentOf(compose, { ...machine, config }, 'router').REDIS_URL).toBe('redis://127.0.0.1:6380');
    expect(environmentOf(compose, { ...machine, config }, 'migrar')).not.toHaveProperty('REDIS_URL');
  });

  it('gives each service what the caller set for all, and nothing that docker-compose.yml decides', () => {
    const tuning = { TEIA_PRAZO_MS: '5000', SUBGRAPH_VENDAS_PRAZO_MS: '900', NODE_ENV: 'test' };
    for (const service of ['router', 'vendas']) {
      expect(environmentOf(compose, { ...machine, tuning }, service)).toMatchObject({
        TEIA_PRAZO_MS: '5000',
        SUBGRAPH_VENDAS_PRAZO_MS: '900',
        NODE_ENV: 'development',
      });
    }
  });

  it('takes for set what is the same for all processes, and no more', () => {
    const same = { TEIA_PRAZO_MS: '5000', SUBGRAPH_VENDAS_PRAZO_MS: '900', TEIA_LIMITE_CUSTO: '10' };
    const others = {
      SUBGRAPH_VENDAS_URL: 'http://x',
      PORT: '1',
      TEIA_CHAVES: 'x',
      PATH: '/',
      TEIA_LIMITE_USO: '',
    };
    expect(givenTuning({ ...same, ...others })).toEqual(same);
  });

  it.each([
    ['that has no meaning here', 'CORREIO_URL', 'smtp://correio:25', /CORREIO_URL de vendas/],
    ['to no service', 'SUBGRAPH_USUARIOS_URL', 'http://usuario:4001', /SUBGRAPH_USUARIOS_URL.*usuario:4001/],
    [
      'to another port',
      'SUBGRAPH_USUARIOS_URL',
      'http://usuarios:4002',
      /SUBGRAPH_USUARIOS_URL.*usuarios:4002/,
    ],
    [
      'to keys not given to it',
      'TEIA_CHAVES_INTERNAS',
      '/run/chaves/assinatura/chaves.json',
      /TEIA_CHAVES_INTERNAS de vendas/,
    ],
    [
      'to a folder not given to it',
      'TEIA_CHAVES_INTERNAS',
      '/app/chaves.json',
      /TEIA_CHAVES_INTERNAS de vendas/,
    ],
  ])('stops at a variable %s', (_, variable, value, message) => {
    const changed = withVariables('vendas', { [variable]: value });
    expect(() => environmentOf(changed, machine, 'vendas')).toThrow(message);
  });
});
