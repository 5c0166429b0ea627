import { literalUnitOfWork } from '../../testing/unit-of-work';
import { literalEnvironment } from '../testing/literal-environment';
import { adicionarMembro } from './adicionar-membro';
import type { MembroTravado } from './membro.repository';

const cenario = async (antes: Partial<MembroTravado> | null) => {
  const done: unknown[] = [];
  const { unitOfWork, recorded } = literalUnitOfWork({
    membros: {
      travarDaPessoa: async () => {
        done.push('travar membro');
        return antes;
      },
      inserir: async ({ id, ativo, versao }: MembroTravado) => done.push(['inserir', id, ativo, versao]),
      gravar: async ({ id, ativo, versao }: MembroTravado) => done.push(['gravar', id, ativo, versao]),
    },
    perfis: { atribuir: async (...given: unknown[]) => done.push(['atribuir', ...given]) },
  });
  await unitOfWork(async (transaction) => {
    const novo = { usuarioId: 'u1', perfilIds: ['p1', 'p2'] };
    await adicionarMembro(transaction, novo, literalEnvironment());
    return { id: '' };
  });
  return { done, told: recorded.map(({ evento }) => evento) };
};

describe('adicionarMembro', () => {
  it('adds a person with these perfis', async () => {
    expect(await cenario(null)).toEqual({
      done: ['travar membro', ['inserir', 'id-1', true, 1], ['atribuir', 'id-1', ['p1', 'p2']]],
      told: [{ tipo: 'MembroAdicionado', dados: { membroId: 'id-1', usuarioId: 'u1' } }],
    });
  });

  it('takes back somebody who was deactivated, without the perfis of before', async () => {
    const antes = { id: 'm1', usuarioId: 'u1', ativo: false, versao: 4 };
    expect(await cenario(antes)).toEqual({
      done: ['travar membro', ['gravar', 'm1', true, 5], ['atribuir', 'm1', ['p1', 'p2']]],
      told: [
        {
          tipo: 'MembroAlterado',
          dados: { membroId: 'm1', usuarioId: 'u1', campos: ['ativo', 'perfis'] },
        },
      ],
    });
  });

  it('leaves an active Membro as it is', async () => {
    expect(await cenario({ id: 'm1', ativo: true })).toEqual({ done: ['travar membro'], told: [] });
  });
});
