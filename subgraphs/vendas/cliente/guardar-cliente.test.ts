import { guardarCliente } from './guardar-cliente';

type Given = {
  /** What the Cliente's domain answers. */
  resposta?: { ativo: boolean } | null;
  /** The last event known before it was asked, and what is known when the transaction has begun. */
  antes?: bigint;
  depois?: { ativo: boolean; sequencia: bigint };
};

const cenario = ({
  resposta = { ativo: true },
  antes = 1n,
  depois = { ativo: true, sequencia: 1n },
}: Given) => {
  const order: string[] = [];
  const graph = {
    entity: async <Fields>() => {
      order.push('asked');
      return resposta as Fields | null;
    },
    requireEntity: async () => {},
  };
  const sequenciaDe = async () => {
    order.push('read');
    return antes;
  };
  const travar = async (id: string) => ({ id, ...depois });
  const guarda = guardarCliente({ graph, clientesConhecidos: { sequenciaDe } }, 'dados.clienteId');
  const passar = async (id: string | null = 'c1') => {
    await guarda.exigir(id);
    return guarda.travar({ clientesConhecidos: { travar } as never });
  };
  return { guarda, passar, order };
};

test.each<[string, Given]>([
  ['is known to be active', {}],
  ['no event told of yet', { antes: 0n, depois: { ativo: true, sequencia: 0n } }],
  ['was created meanwhile', { antes: 0n, depois: { ativo: true, sequencia: 1n } }],
  ['is still known as excluded', { antes: 2n, depois: { ativo: false, sequencia: 2n } }],
  ['was reactivated meanwhile', { antes: 2n, depois: { ativo: true, sequencia: 3n } }],
])('lets a Cliente pass that its domain calls active and that %s', async (_, given) => {
  const { passar, order } = cenario(given);
  expect(await passar()).toBe('c1');
  expect(order).toEqual(['read', 'asked']);
});

const excluido = {
  code: 'CONFLICT',
  extensions: { motivo: 'CLIENTE_EXCLUIDO', campos: [{ campo: 'dados.clienteId' }] },
};

test.each<[string, Given, object]>([
  ['its domain calls excluded', { resposta: { ativo: false } }, excluido],
  ['was excluded since its domain was asked', { depois: { ativo: false, sequencia: 2n } }, excluido],
  [
    'came and went since its domain was asked',
    { antes: 0n, depois: { ativo: false, sequencia: 2n } },
    excluido,
  ],
  ['its domain does not know', { resposta: null }, { code: 'NOT_FOUND' }],
])('refuses a Cliente that %s', async (_, given, error) => {
  await expect(cenario(given).passar()).rejects.toMatchObject(error);
});

test('refuses a Cliente that was erased, asking nobody', async () => {
  const { passar, order } = cenario({});
  await expect(passar(null)).rejects.toMatchObject(excluido);
  expect(order).toEqual([]);
});

test('locks nothing that nobody asked about', async () => {
  const { guarda } = cenario({});
  await expect(guarda.travar({ clientesConhecidos: {} as never })).rejects.toThrow('asked');
});
