import { everywhere } from '../../platform/reach';
import type { Probes } from '../testing/isolation/probes';
import { clienteOrders } from './cliente/cliente.orders';
import type { ClienteRepository } from './cliente/cliente.repository';
import type { Cliente } from './cliente/cliente.type';
import type { EnderecoRepository } from './endereco/endereco.repository';
import type { Endereco } from './endereco/endereco.type';
import type { EtiquetaRepository } from './etiqueta/etiqueta.repository';
import type { NotaRepository } from './nota/nota.repository';
import type { Nota } from './nota/nota.type';

const firstPage = { ordem: 'NOME_ASC', limit: 10, backward: false, from: null };
const tudo = { alcance: everywhere, documentos: everywhere };
const instante = new Date('2026-01-01T00:00:00Z');

const umCliente = (id: string): Cliente => ({
  id,
  tipo: 'FISICA',
  nome: 'Sonda',
  nomeOrdem: 'sonda',
  documento: null,
  emails: [],
  telefones: [],
  dataNascimento: null,
  responsavelId: null,
  ativo: true,
  versao: 2,
  criadoEm: instante,
  atualizadoEm: instante,
});

const umEndereco = (id: string, clienteId: string): Endereco => ({
  id,
  clienteId,
  rotulo: null,
  logradouro: 'Rua da Sonda',
  numero: null,
  complemento: null,
  bairro: null,
  cidade: 'Recife',
  uf: 'PE',
  cep: '50000000',
  versao: 2,
});

const umaNota = (id: string, clienteId: string): Nota => ({
  id,
  clienteId,
  texto: 'sonda',
  autorId: id,
  versao: 2,
  criadoEm: instante,
  atualizadoEm: instante,
});

const clientes: Probes<ClienteRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('cliente')], everywhere),
  listar: (repository) => repository.listar({ ativo: true }, clienteOrders.NOME_ASC, firstPage, tudo),
  contar: (repository) => repository.contar({ ativo: true, busca: 'canario' }, tudo),
  travar: (repository, idOf) => repository.travar(idOf('cliente'), everywhere),
  inserir: (repository) => repository.inserir(umCliente('019a0000-0000-7000-8000-000000000001')),
  gravar: (repository, idOf) => repository.gravar(umCliente(idOf('cliente'))),
  apagar: (repository, idOf) => repository.apagar({ id: idOf('cliente'), versao: 1 }),
};

const enderecos: Probes<EnderecoRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('endereco')], everywhere),
  porClientes: (repository, idOf) => repository.porClientes([idOf('cliente')]),
  contarDoCliente: (repository, idOf) => repository.contarDoCliente(idOf('cliente')),
  inserir: (repository, idOf) =>
    repository.inserir(umEndereco('019a0000-0000-7000-8000-000000000002', idOf('cliente'))),
  gravar: (repository, idOf) => repository.gravar(umEndereco(idOf('endereco'), idOf('cliente'))),
  apagar: (repository, idOf) => repository.apagar(idOf('endereco')),
};

const notas: Probes<NotaRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('nota')], everywhere),
  listarDosClientes: (repository, idOf) => repository.listarDosClientes([idOf('cliente')], firstPage),
  contarPorCliente: (repository, idOf) => repository.contarPorCliente([idOf('cliente')]),
  inserir: (repository, idOf) =>
    repository.inserir(umaNota('019a0000-0000-7000-8000-000000000003', idOf('cliente'))),
  gravar: (repository, idOf) => repository.gravar(umaNota(idOf('nota'), idOf('cliente'))),
  apagar: (repository, idOf) => repository.apagar(idOf('nota')),
};

const etiquetas: Probes<EtiquetaRepository> = {
  porClientes: (repository, idOf) => repository.porClientes([idOf('cliente')]),
  inserir: (repository, idOf) => repository.inserir(idOf('cliente'), ['nova']),
  trocar: (repository, idOf) => repository.trocar(idOf('cliente'), ['nova']),
};

export default {
  createClienteRepository: clientes,
  createEnderecoRepository: enderecos,
  createNotaRepository: notas,
  createEtiquetaRepository: etiquetas,
};
