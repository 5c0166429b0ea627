import type { Probes } from '../testing/isolation/probes';
import { contextoOrder } from './contexto/contexto.orders';
import type { ContextoRepository } from './contexto/contexto.repository';
import type { EquipeRepository } from './equipe/equipe.repository';
import type { MembroDaEquipeRepository } from './equipe/membro-da-equipe.repository';
import { configuracaoPadrao } from './organizacao/configuracao';
import type { ConfiguracaoRepository } from './organizacao/configuracao.repository';
import type { UnidadeRepository } from './unidade/unidade.repository';
import type { Unidade } from './unidade/unidade.type';

const novo = '019a0000-0000-7000-8000-000000000001';
const instante = new Date('2026-01-01T00:00:00Z');
const firstPage = { ordem: contextoOrder.nome, limit: 10, backward: false, from: null };

const umaEquipe = (id: string) => ({ id, nome: 'Sonda', ativo: true, versao: 2 });

const umaUnidade = (id: string): Unidade => ({
  id,
  nome: 'Sonda',
  endereco: null,
  telefone: null,
  ativo: true,
  versao: 2,
});

const configuracoes: Probes<ConfiguracaoRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('organizacao')]),
  travar: async (repository) => {
    const { id: _, ...configuracao } = await repository.travar();
    return configuracao;
  },
  gravar: (repository) => repository.gravar({ ...configuracaoPadrao(novo), versao: 9 }),
};

const unidades: Probes<UnidadeRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('unidade')]),
  listar: (repository) => repository.listar(true),
  contarTravando: (repository) => repository.contarTravando(),
  inserir: (repository) => repository.inserir(umaUnidade(novo)),
  gravar: (repository, idOf) => repository.gravar(umaUnidade(idOf('unidade'))),
};

const equipes: Probes<EquipeRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('equipe')]),
  listar: (repository) => repository.listar(true),
  contarTravando: (repository) => repository.contarTravando(),
  travar: (repository, idOf) => repository.travar(idOf('equipe')),
  inserir: (repository) => repository.inserir(umaEquipe(novo)),
  gravar: (repository, idOf) => repository.gravar(umaEquipe(idOf('equipe'))),
};

const membrosDaEquipe: Probes<MembroDaEquipeRepository> = {
  porEquipes: (repository, idOf) => repository.porEquipes([idOf('equipe')]),
  inserir: (repository, idOf) => repository.inserir({ equipeId: idOf('equipe'), usuarioId: novo }),
  apagar: (repository, idOf) => repository.apagar({ equipeId: idOf('equipe'), usuarioId: idOf('usuario') }),
};

const contextos: Probes<ContextoRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('contexto')]),
  ultimo: (repository) => repository.ultimo(),
  daVersao: (repository) => repository.daVersao(1),
  listar: (repository) => repository.listar(firstPage),
  contar: (repository) => repository.contar(),
  inserir: (repository, idOf) =>
    repository.inserir({
      id: novo,
      organizacaoId: idOf('organizacao'),
      versao: 2,
      segmento: 'CLINICA',
      versaoDoModelo: 1,
      documento: {},
      autorId: novo,
      atualizadoEm: instante,
    }),
};

export default {
  createConfiguracaoRepository: configuracoes,
  createUnidadeRepository: unidades,
  createEquipeRepository: equipes,
  createMembroDaEquipeRepository: membrosDaEquipe,
  createContextoRepository: contextos,
};
