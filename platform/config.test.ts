import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, readConfig } from './config';
import { fromRoot } from './project-root';

describe('readConfig', () => {
  it('needs nothing in development', () => {
    expect(readConfig({})).toEqual({ NODE_ENV: 'development', PORT: 4000, TEIA_DATA_DIR: resolve('.teia') });
  });

  it('takes an empty variable for none', () => {
    expect(readConfig({ PORT: '', NODE_ENV: '', DATABASE_URL: '' }).PORT).toBe(4000);
  });

  it('names every variable that is wrong, each in a line, and repeats no value', () => {
    const wrong = {
      PORT: 'segredo',
      DATABASE_URL: 'http://usuario:segredo@x/y',
      TEIA_ADMIN_SENHA: 'segredo',
      TEIA_ADMIN_EMAIL: 'segredo',
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

  it('insists in production on what would otherwise be made for development', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/DATABASE_URL: .*\nTEIA_CHAVES: /);
    expect(() => readConfig({ NODE_ENV: 'production', TEIA_SUPERGRAPH: 'x.graphql' })).not.toThrow();
  });

  it('knows the settings that .env.example explains, and no others', () => {
    const explained = [...readFileSync(fromRoot('.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    const own = readFileSync(fromRoot('platform', 'config.ts'), 'utf8').match(/^ {2}([A-Z_]+): /gm) ?? [];
    expect(explained.sort()).toEqual([...own].map((line) => line.trim().replace(':', '')).sort());
  });
});
