import { readConfig } from '../platform/config';
import { checkForeignSettings, findSubgraphsHere } from './check-settings';

const known = ['clientes', 'usuarios', 'vendas'];
const find = (settings: NodeJS.ProcessEnv) => findSubgraphsHere(readConfig(settings), known);
const vendas = { SUBGRAPH_VENDAS_URL: 'http://vendas:4001' };
const all = {
  ...vendas,
  SUBGRAPH_CLIENTES_URL: 'http://clientes:4001',
  SUBGRAPH_USUARIOS_URL: 'http://usuarios:4001',
};

describe('findSubgraphsHere', () => {
  it('finds those without an address', () => {
    expect(find({})).toEqual(known);
    expect(find({ ...vendas, INTERNAL_PORT: '4100' })).toEqual(['clientes', 'usuarios']);
    expect(find(all)).toEqual([]);
  });

  it('wants an internal port when some run here and some elsewhere', () => {
    expect(() => find(vendas)).toThrow(/^INTERNAL_PORT: .* clientes, usuarios, [^\n]+$/);
  });

  it.each([
    ['all run here', {}],
    ['none does', all],
  ])('refuses an internal port when %s', (_, urls) => {
    expect(() => find({ ...urls, INTERNAL_PORT: '0' })).toThrow(/^INTERNAL_PORT: [^\n]+$/);
  });

  it('insists in production on what the process needs, and on no more', () => {
    const production = { NODE_ENV: 'production' };
    const keys = { TEIA_CHAVES_INTERNAS: 'chaves.json' };
    const deUsuarios = ['TEIA_CHAVES', 'TEIA_APP_URL', 'SMTP_URL', 'TEIA_EMAIL_REMETENTE'];
    const asked = (names: string[]) => new RegExp(`^${names.map((name) => `${name}: [^\\n]+`).join('\\n')}$`);
    expect(() => find(production)).toThrow(asked(['DATABASE_URL', ...deUsuarios]));
    expect(find({ ...production, ...all, ...keys })).toEqual([]);
    expect(() => find({ ...production, ...vendas, INTERNAL_PORT: '4100' })).toThrow(
      asked(['DATABASE_URL', ...deUsuarios, 'TEIA_CHAVES_INTERNAS']),
    );
  });
});

describe('checkForeignSettings', () => {
  it('refuses settings of our own subgraphs, each in a line', () => {
    expect(() => checkForeignSettings(readConfig({}), known)).not.toThrow();
    expect(() => checkForeignSettings(readConfig({ ...vendas, INTERNAL_PORT: '4100' }), known)).toThrow(
      /^SUBGRAPH_VENDAS_URL: [^\n]+\nINTERNAL_PORT: [^\n]+$/,
    );
  });

  it('refuses a time for a subgraph that the supergraph does not have', () => {
    const config = readConfig({ SUBGRAPH_PEDIDOS_PRAZO_MS: '500' });
    expect(() => checkForeignSettings(config, ['pedidos'])).not.toThrow();
    expect(() => checkForeignSettings(config, known)).toThrow(/^SUBGRAPH_PEDIDOS_PRAZO_MS: [^\n]+$/);
  });
});
