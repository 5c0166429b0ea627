/** The PostgreSQL server that Jest's global setup starts for the whole run. */
export type TestServer = {
  readonly adminUrl: string;
  readonly appUrl: string;
};

const variable = 'TEIA_TEST_SERVER';

/** Databases of migrated subgraphs from which those of tests are copied: `modelo_clientes`, … */
export const templatePrefix = 'modelo';

export const publishTestServer = (server: TestServer): void => {
  process.env[variable] = JSON.stringify(server);
};

export const testServer = (): TestServer => {
  const published = process.env[variable];
  if (!published)
    throw new Error('no test server: this runs under Jest only (platform/testing/global-setup.ts)');
  return JSON.parse(published);
};
