/** The tests that need a redis-server in the PATH. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/*.redis.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
