import { aCaller, granting } from '../../../platform/testing/callers';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import { clientePolicy } from './cliente.policy';
import { excluirCliente } from './excluir-cliente';

const agora = new Date('2026-11-22T12:00:00Z');
const environment = { agora: () => agora, novoId: () => 'x', aleatorio: () => Buffer.alloc(0) };

const cenario = ({ found = true, written = true, caller = aCaller() } = {}) => {
  const gravar = jest.fn(async () => written);
  const apagar = jest.fn(async () => written);
  const porIds = async () => (found ? [{ id: 'c1', nome: 'Ana', ativo: true, versao: 4 }] : []);
  const { unitOfWork, recorded } = literalUnitOfWork({ clientes: { porIds, gravar, apagar } });
  return {
    dependencies: { policy: clientePolicy(caller), unitOfWork, environment },
    gravar,
    apagar,
    recorded,
  };
};

describe('excluirCliente', () => {
  it('deactivates, as a new version', async () => {
    const { dependencies, gravar, apagar, recorded } = cenario();
    expect(await excluirCliente(dependencies, { id: 'c1', definitivo: false })).toEqual({
      id: 'c1',
      definitiva: false,
    });
    expect(gravar).toHaveBeenCalledWith({
      id: 'c1',
      nome: 'Ana',
      ativo: false,
      versao: 5,
      atualizadoEm: agora,
    });
    expect(apagar).not.toHaveBeenCalled();
    expect(recorded).toMatchObject([{ evento: { tipo: 'ClienteExcluido', dados: { definitivo: false } } }]);
  });

  it('erases when told to', async () => {
    const { dependencies, gravar, apagar, recorded } = cenario();
    expect(await excluirCliente(dependencies, { id: 'c1', definitivo: true })).toEqual({
      id: 'c1',
      definitiva: true,
    });
    expect(apagar).toHaveBeenCalledWith(expect.objectContaining({ id: 'c1', versao: 4 }));
    expect(gravar).not.toHaveBeenCalled();
    expect(recorded).toMatchObject([{ evento: { tipo: 'ClienteExcluido', dados: { definitivo: true } } }]);
  });

  it.each([
    ['what is not there', { found: false }, 'NOT_FOUND'],
    ['what somebody else just changed', { written: false }, 'CONFLICT'],
    [
      'for who may only write',
      { caller: aCaller({ permissoes: granting(['clientes:escrever']) }) },
      'FORBIDDEN',
    ],
  ])('refuses %s, recording nothing', async (_, given, code) => {
    const { dependencies, recorded } = cenario(given);
    await expect(excluirCliente(dependencies, { id: 'c1', definitivo: false })).rejects.toMatchObject({
      code,
    });
    expect(recorded).toEqual([]);
  });
});
