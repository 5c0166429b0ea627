import type { Probes } from '../../testing/isolation/probes';
import type { createAuditoriaRepository } from './auditoria.repository';
import type { createSeloRepository } from './selo.repository';

const instante = '2026-01-01T00:00:00.000Z';
const request = { ordem: 'AUDITORIA_EM_DESC', limit: 10, backward: false, from: null };

const registros: Probes<ReturnType<typeof createAuditoriaRepository>> = {
  acrescentar: (repository, idOf) =>
    repository.acrescentar({
      id: '019a0000-0000-7000-8000-000000000003',
      dominio: 'sonda',
      usuarioId: idOf('usuario'),
      sessaoId: idOf('sessao'),
      acao: 'sonda.sondar',
      entidade: 'Sonda',
      entidadeId: idOf('usuario'),
      campos: [],
      ip: null,
      userAgent: null,
      requestId: 'sonda',
      em: instante,
    }),
  listar: (repository) => repository.listar({}, request),
  contar: (repository) => repository.contar({}),
  porNumeros: (repository) => repository.porNumeros({ depoisDe: 0n, ate: 10n }, 10),
  fim: (repository) => repository.fim(),
};

const selos: Probes<ReturnType<typeof createSeloRepository>> = {
  ultimo: (repository) => repository.ultimo(),
  porNumero: (repository) => repository.porNumero(1),
  aPartirDe: (repository) => repository.aPartirDe(1, 10),
  numeroQueCobre: (repository) => repository.numeroQueCobre(1n),
  inserir: (repository, idOf) =>
    repository.inserir({
      // Not asked: the repository knows whose it is.
      organizacaoId: idOf('organizacao'),
      numero: 2,
      primeiroNumero: 2n,
      ultimoNumero: 2n,
      resumos: [],
      seladoEm: instante,
      hash: Buffer.alloc(32),
    }),
};

export default { createAuditoriaRepository: registros, createSeloRepository: selos };
