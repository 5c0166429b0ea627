/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Whole processes are started and stopped: most of the time a test waits, so that a core is enough for each.
  maxWorkers: '100%',
  testTimeout: 120_000,
  roots: [
    '<rootDir>/platform',
    '<rootDir>/router',
    '<rootDir>/subgraphs',
    '<rootDir>/scripts',
    '<rootDir>/demo',
  ],
  testMatch: ['**/*.test.ts'],
  // A machine without Redis is to pass (npm run test:redis), and nobody to wait for minutes (npm run test:long).
  testPathIgnorePatterns: ['/node_modules/', '\\.(redis|long)\\.test\\.ts$'],
  globalSetup: '<rootDir>/platform/testing/global-setup.ts',
  globalTeardown: '<rootDir>/platform/testing/global-teardown.ts',
  setupFiles: ['reflect-metadata'],
  // jose and a few others ship as ES modules only, which Jest cannot require untransformed; the exporter imports late.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|fractional-indexing|uuid|cookie|@prisma/schema-engine-wasm|@opentelemetry/exporter-trace-otlp-proto|@opentelemetry/otlp-exporter-base)/)',
  ],
  transform: {
    '\\.(m?js|ts)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
