import type { Caller } from '../../../platform/caller';
import { notFound, unavailable } from '../../../platform/errors';
import { noLimits } from '../../../platform/limits/testing/no-limits';
import type { Permissoes } from '../../../platform/permissions';
import { aCaller, granting } from '../../../platform/testing/callers';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import { clientePolicy } from './cliente.policy';
import { criarCliente } from './criar-cliente';

const agora = new Date('2026-11-22T12:00:00Z');
const environment = { agora: () => agora, novoId: () => 'id-novo', aleatorio: () => Buffer.alloc(0) };
const dados = {
  tipo: 'FISICA',
  nome: ' Zé  da Ávila ',
  emails: ['a@b.c', 'a@b.c'],
  telefones: [],
  etiquetas: ['x'],
} as const;
const graph = { entity: async () => null, requireEntity: async () => {} };

const colegas = { load: async () => null };

const cenario = (given = {}) => {
  const inserir = jest.fn(async () => {});
  const etiquetar = jest.fn(async () => {});
  const { unitOfWork, recorded } = literalUnitOfWork({
    clientes: { inserir },
    etiquetas: { inserir: etiquetar },
  });
  const dependencies = {
    policy: clientePolicy(aCaller()),
    graph,
    colegas,
    unitOfWork,
    environment,
    limits: noLimits,
    ...given,
  };
  return { dependencies, inserir, etiquetar, recorded };
};

const entrada = (given = {}) => ({
  ...dados,
  emails: [...dados.emails],
  telefones: [],
  etiquetas: ['x'],
  ...given,
});

describe('criarCliente', () => {
  it('stores a tidy Cliente in its first version', async () => {
    const { dependencies, inserir, etiquetar } = cenario();
    expect(await criarCliente(dependencies, entrada())).toEqual({ id: 'id-novo' });
    expect(inserir).toHaveBeenCalledWith({
      id: 'id-novo',
      tipo: 'FISICA',
      nome: 'Zé da Ávila',
      nomeOrdem: 'ze da avila',
      documento: null,
      emails: ['a@b.c'],
      telefones: [],
      dataNascimento: null,
      responsavelId: null,
      ativo: true,
      versao: 1,
      criadoEm: agora,
      atualizadoEm: agora,
    });
    expect(etiquetar).toHaveBeenCalledWith('id-novo', ['x']);
  });

  it('tells the other domains, without personal values', async () => {
    const { dependencies, recorded } = cenario();
    await criarCliente(dependencies, entrada({ documento: '52998224725' }));
    expect(recorded).toMatchObject([
      { acao: 'cliente.criar', evento: { tipo: 'ClienteCriado', dados: { clienteId: 'id-novo' } } },
    ]);
    expect(JSON.stringify(recorded)).not.toMatch(/Zé|52998224725|a@b/);
  });

  it('asks whether the responsável is of the organization, and stops when not', async () => {
    const requireEntity = jest.fn(async () => {
      throw notFound('Usuario');
    });
    const { dependencies, inserir } = cenario({ graph: { ...graph, requireEntity } });
    await expect(criarCliente(dependencies, entrada({ responsavelId: 'u1' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(requireEntity).toHaveBeenCalledWith(
      { subgraph: 'usuarios', typeName: 'Usuario', nome: 'Usuário' },
      'u1',
      'dados.responsavelId',
    );
    expect(inserir).not.toHaveBeenCalled();
  });

  it.each([
    ['FISICA', '12ABC34501DE35', 'CPF'],
    ['JURIDICA', '52998224725', 'CNPJ'],
  ])('refuses a %s with %s', async (tipo, documento, esperado) => {
    const { dependencies, inserir } = cenario();
    await expect(criarCliente(dependencies, entrada({ tipo, documento }))).rejects.toThrow(esperado);
    expect(inserir).not.toHaveBeenCalled();
  });

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['a reader', aCaller({ permissoes: granting(['clientes:ler']) }), 'FORBIDDEN'],
  ])('refuses %s before anything else', async (_, caller, code) => {
    const { dependencies, inserir } = cenario({ policy: clientePolicy(caller) });
    await expect(criarCliente(dependencies, entrada())).rejects.toMatchObject({ code });
    expect(inserir).not.toHaveBeenCalled();
  });

  const documento = '52998224725';
  const vendo = (permissoes: Permissoes): Caller =>
    aCaller({ permissoes: { ...granting(['clientes:ler', 'clientes:escrever']), ...permissoes } });

  it.each<[string, Caller, string | null, number]>([
    ['a document by who sees none', vendo({}), documento, 1],
    ['a document by who sees their own', vendo({ 'clientes:verDocumento': 'PROPRIOS' }), documento, 1],
    [
      'a document by who would see all but reads their own',
      vendo({ 'clientes:verDocumento': 'TODOS', 'clientes:ler': 'PROPRIOS' }),
      documento,
      1,
    ],
    ['no document by who sees all', vendo({ 'clientes:verDocumento': 'TODOS' }), documento, 0],
    ['none where there is none', vendo({}), null, 0],
  ])('counts %s', async (_, caller, documento, counted) => {
    const attempt = jest.fn(async () => {});
    const { dependencies } = cenario({ policy: clientePolicy(caller), limits: { ...noLimits, attempt } });
    await criarCliente(dependencies, entrada({ documento }));
    expect(attempt.mock.calls).toEqual(
      Array(counted).fill([expect.objectContaining({ attempts: 60, window: 3600 }), caller.usuarioId]),
    );
  });

  it('writes nothing when nobody can count', async () => {
    const attempt = () => Promise.reject(unavailable());
    const limits = { ...noLimits, attempt };
    const { dependencies, inserir } = cenario({ policy: clientePolicy(vendo({})), limits });
    await expect(criarCliente(dependencies, entrada({ documento }))).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(inserir).not.toHaveBeenCalled();
  });
});
