import type { Caller } from '../../../platform/caller';
import { unavailable } from '../../../platform/errors';
import { noLimits } from '../../../platform/limits/testing/no-limits';
import { aCaller, granting } from '../../../platform/testing/callers';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import { clientePolicy } from './cliente.policy';
import type { Cliente } from './cliente.type';
import { editarCliente } from './editar-cliente';

const agora = new Date('2026-11-22T12:00:00Z');
const environment = { agora: () => agora, novoId: () => 'id-novo', aleatorio: () => Buffer.alloc(0) };
const graph = { entity: async () => null, requireEntity: async () => {} };
const colegas = { load: async () => null };

const ana: Cliente = {
  id: 'c1',
  tipo: 'FISICA',
  nome: 'Ana',
  nomeOrdem: 'ana',
  documento: '52998224725',
  emails: ['ana@exemplo.com'],
  telefones: [],
  dataNascimento: null,
  responsavelId: null,
  ativo: true,
  versao: 1,
  criadoEm: new Date('2026-01-01T00:00:00Z'),
  atualizadoEm: new Date('2026-01-01T00:00:00Z'),
};

type Given = { readonly cliente?: Cliente; readonly caller?: Caller; readonly isVisible?: boolean };
const cenario = ({ cliente = ana, caller = aCaller(), isVisible = true }: Given = {}) => {
  const gravar = jest.fn(async (_: Cliente) => true);
  const travar = jest.fn(async () => isVisible);
  const attempt = jest.fn(async (_limit: unknown, _key: string) => {});
  const { unitOfWork, recorded } = literalUnitOfWork({
    clientes: { porIds: async () => [cliente], gravar, travar },
  });
  const policy = clientePolicy(caller);
  const limits = { ...noLimits, attempt };
  const dependencies = { policy, graph, colegas, unitOfWork, environment, limits };
  const editar = (dados: object) => editarCliente(dependencies, { id: 'c1', versao: 1, ...dados });
  return { editar, gravar, travar, attempt, recorded };
};

const atendente = aCaller({ permissoes: granting(['clientes:ler', 'clientes:escrever']) });
const semDocumento = { ...ana, documento: null };
const mascarado = { extensions: { code: 'FORBIDDEN', motivo: 'DOCUMENTO_MASCARADO' } };

describe('editarCliente', () => {
  it('changes the document of a Cliente whose document the Caller sees', async () => {
    const { editar, gravar, recorded } = cenario();
    expect(await editar({ documento: '11144477735' })).toEqual({ id: 'c1' });
    expect(gravar).toHaveBeenCalledWith({ ...ana, documento: '11144477735', versao: 2, atualizadoEm: agora });
    expect(recorded).toMatchObject([{ acao: 'cliente.editar', campos: ['documento'] }]);
    expect(JSON.stringify(recorded)).not.toContain('11144477735');
  });

  it.each([
    ['another', '11144477735'],
    ['the same', '52998224725'],
    ['one of the other kind', '12ABC34501DE35'],
    ['none', null],
  ])('refuses %s to who may see nobody’s documents, without a look at what is sent', async (_, documento) => {
    const { editar, gravar, travar } = cenario({ caller: atendente });
    await expect(editar({ documento })).rejects.toMatchObject(mascarado);
    expect([gravar.mock.calls, travar.mock.calls]).toEqual([[], []]);
  });

  it('refuses it where the Caller’s reach does not go, which is asked of the Cliente as it is locked', async () => {
    const permissoes = { ...atendente.permissoes, 'clientes:verDocumento': 'PROPRIOS' } as const;
    const caller = aCaller({ permissoes });
    const { editar, gravar, travar } = cenario({ caller, isVisible: false });
    await expect(editar({ documento: '11144477735' })).rejects.toMatchObject(mascarado);
    const { usuarioId, equipes } = caller;
    expect(travar).toHaveBeenCalledWith('c1', { alcance: 'PROPRIOS', usuarioId, equipes });
    expect(gravar).not.toHaveBeenCalled();
  });

  it('leaves the document out of it when none is sent', async () => {
    const { editar, gravar, attempt } = cenario({ caller: atendente });
    await editar({ nome: 'Bia' });
    expect(gravar).toHaveBeenCalledWith(expect.objectContaining({ nome: 'Bia', documento: ana.documento }));
    expect(attempt).not.toHaveBeenCalled();
  });

  it.each<[string, Caller, string | null, number]>([
    ['one that an Atendente gives', atendente, '11144477735', 1],
    ['none that an Atendente takes away', atendente, null, 0],
    ['none that an Administrador gives', aCaller(), '11144477735', 0],
  ])('counts %s', async (_, caller, documento, counted) => {
    const { editar, attempt } = cenario({ cliente: semDocumento, caller });
    await editar({ documento });
    expect(attempt).toHaveBeenCalledTimes(counted);
  });

  it('writes nothing when nobody can count', async () => {
    const { editar, attempt, gravar } = cenario({ cliente: semDocumento, caller: atendente });
    attempt.mockRejectedValue(unavailable());
    await expect(editar({ documento: '11144477735' })).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(gravar).not.toHaveBeenCalled();
  });
});
