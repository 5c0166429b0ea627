import { readFileSync } from 'node:fs';
import gateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';
import { Kind, parse, print, visit } from 'graphql';

/*
 * Mercurius's gateway with JIT:
 *
 *   node mercurius.mjs '{"port":4000,"services":[{"name":"clientes","sdlFile":"…","url":"http://…/graphql"}]}'
 *
 * It speaks Federation 1 and composes by itself, so each subgraph's SDL is rewritten to that: the same
 * types, where the subgraph with most fields of an entity owns it and the others extend it.
 */
const { port, services } = JSON.parse(process.argv[2]);

const isObject = ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION;
const keyOf = ({ directives }) => directives.find(({ name }) => name.value === 'key');

const parsed = services.map((service) => ({
  ...service,
  document: parse(readFileSync(service.sdlFile, 'utf8')),
}));

const owners = new Map();
for (const { name, document } of parsed) {
  for (const type of document.definitions.filter((definition) => isObject(definition) && keyOf(definition))) {
    const known = owners.get(type.name.value);
    if (!known || known.fields < type.fields.length) {
      owners.set(type.name.value, { service: name, fields: type.fields.length });
    }
  }
}

const external = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' }, arguments: [] };
const roots = ['Query', 'Mutation'];

const extended = (type) => ({
  ...type,
  kind: Kind.OBJECT_TYPE_EXTENSION,
  description: undefined,
  fields: type.fields.map((field) =>
    keyOf(type) && field.name.value === 'id' ? { ...field, directives: [external] } : field,
  ),
});

const federationOne = ({ name, document }) =>
  print(
    visit(document, {
      SchemaExtension: () => null,
      SchemaDefinition: () => null,
      Directive: ({ name: directive }) => (directive.value === 'shareable' ? null : undefined),
      Argument: ({ name: argument }) => (argument.value === 'resolvable' ? null : undefined),
      ObjectTypeDefinition: {
        leave: (type) => {
          const owner = owners.get(type.name.value);
          const isForeign = owner && owner.service !== name;
          return isForeign || roots.includes(type.name.value) ? extended(type) : undefined;
        },
      },
    }),
  );

const app = Fastify();
await app.register(gateway, {
  jit: 1,
  gateway: {
    services: parsed.map((service) => ({
      name: service.name,
      url: service.url,
      schema: federationOne(service),
      mandatory: true,
    })),
  },
});
await app.listen({ port, host: '127.0.0.1' });
