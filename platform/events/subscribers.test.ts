import { consumption } from './consumption';
import type { Subscribers } from './subscribers';

type Repositories = { readonly nomes: { readonly anotar: (nome: string) => Promise<void> } };

/** What does not compile, the type check tells; here it is only written down. */
const accepted = (subscribers: Subscribers<Repositories>) => Object.keys(subscribers);

test('a handler gets the payload of its event and the repositories of its domain', () => {
  const names = accepted({
    ClienteCriado: async ({ nomes }, { data }) => nomes.anotar(data.clienteId),
    ClienteExcluido: async ({ record }, { data: { definitivo, clienteId }, sequence }) => {
      const campos = definitivo ? [sequence] : [];
      const evento = { tipo: 'ClienteAtualizado', dados: { clienteId, campos } } as const;
      record({ acao: 'cliente.x', entidade: 'Cliente', id: clienteId, campos, evento });
    },
  });
  expect(names).toEqual(['ClienteCriado', 'ClienteExcluido']);
});

test('an event outside the catalogue, another payload and a foreign repository do not compile', () => {
  const refused = [
    // @ts-expect-error: no event has this name.
    accepted({ ClienteTeletransportado: async () => {} }),
    // @ts-expect-error: ClienteCriado does not say whether an exclusion is for good.
    accepted({ ClienteCriado: async (_, { data }) => void data.definitivo }),
    // @ts-expect-error: a handler of one event is none of another.
    accepted({ ClienteCriado: async (_, { type }: { type: 'ClienteExcluido' }) => void type }),
    // @ts-expect-error: of its own domain only.
    accepted({ ClienteCriado: async ({ clientes }) => void clientes }),
    accepted({
      ClienteExcluido: async ({ record }) =>
        record({
          acao: 'cliente.x',
          entidade: 'Cliente',
          id: '',
          campos: [],
          // @ts-expect-error: what is published has the payload of its name as well.
          evento: { tipo: 'ClienteExcluido', dados: { clienteId: '' } },
        }),
    }),
  ];
  // That it is refused is for the compiler to say; nothing of it is checked when it runs.
  expect(refused).toHaveLength(5);
});

test('a domain subscribes to the events that it handles', () => {
  const { events } = consumption<unknown, never, Repositories>({ ClienteCriado: async () => {} }, () => {
    throw new Error('not started');
  });
  expect(events).toEqual(['ClienteCriado']);
});
