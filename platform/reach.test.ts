import { everywhere, reaches, reachOf } from './reach';
import { aCaller, granting } from './testing/callers';

const colleagues = { load: async (id: string) => (id === 'colega' ? { id } : null) };

test.each([
  ['TODOS', ['eu', 'colega', 'outro', null]],
  ['EQUIPE', ['eu', 'colega']],
  ['PROPRIOS', ['eu']],
] as const)('%s takes in what belongs to %j', async (alcance, expected) => {
  const reach = { alcance, usuarioId: 'eu', equipes: ['e1'] };
  const owners = ['eu', 'colega', 'outro', null];
  const within = await Promise.all(owners.map((owner) => reaches(reach, owner, colleagues)));
  expect(owners.filter((_, n) => within[n])).toEqual(expected);
});

test('nobody is asked about colleagues who do not matter', async () => {
  const load = jest.fn(async () => null);
  for (const alcance of ['PROPRIOS', 'TODOS'] as const) {
    await reaches({ alcance, usuarioId: 'eu', equipes: [] }, 'outro', { load });
  }
  await reaches({ alcance: 'EQUIPE', usuarioId: 'eu', equipes: [] }, 'eu', { load });
  await reaches({ ...everywhere, alcance: 'EQUIPE' }, null, { load });
  expect(load).not.toHaveBeenCalled();
});

test('what needs several permissions goes as far as the narrowest', () => {
  const caller = aCaller({
    permissoes: { ...granting(), 'clientes:ler': 'EQUIPE', 'clientes:excluir': 'PROPRIOS' },
  });
  expect(reachOf(caller, 'clientes:escrever').alcance).toBe('TODOS');
  expect(reachOf(caller, 'clientes:escrever', 'clientes:ler').alcance).toBe('EQUIPE');
  expect(reachOf(caller, 'clientes:ler', 'clientes:excluir').alcance).toBe('PROPRIOS');
});

test.each([
  ['nobody', null, 'UNAUTHENTICATED'],
  ['who lacks the second', aCaller({ permissoes: granting(['clientes:ler']) }), 'FORBIDDEN'],
  ['who lacks both', aCaller({ permissoes: {} }), 'FORBIDDEN'],
])('%s has none', (_, caller, code) => {
  expect(() => reachOf(caller, 'clientes:ler', 'clientes:excluir')).toThrow(
    expect.objectContaining({ code }),
  );
});
