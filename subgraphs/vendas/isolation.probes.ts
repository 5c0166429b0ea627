import { everywhere } from '../../platform/reach';
import type { PlantedIds, Probes } from '../testing/isolation/probes';
import type { CarteiraRepository } from './cliente/carteira.repository';
import type { ClienteRepository } from './cliente/cliente.repository';
import type { ClienteConhecidoRepository } from './cliente/cliente-conhecido.repository';
import type { EtapaRepository } from './etapa/etapa.repository';
import type { EtapaFunil } from './etapa/etapa.type';
import type { FunilRepository } from './funil/funil.repository';
import type { Funil } from './funil/funil.type';
import type { HistoricoRepository } from './historico/historico.repository';
import type { MotivoPerdaRepository } from './motivo-perda/motivo-perda.repository';
import { oportunidadeOrders } from './oportunidade/oportunidade.orders';
import type { OportunidadeRepository } from './oportunidade/oportunidade.repository';
import type { QuadroRepository } from './quadro/quadro.repository';
import { umaOportunidade } from './testing/uma-oportunidade';

const novo = '019a0000-0000-7000-8000-000000000001';
const instante = new Date('2026-01-01T00:00:00Z');
const firstPage = { ordem: 'CRIADA_EM_DESC', limit: 10, backward: false, from: null };

const umFunil = (id: string): Funil => ({ id, nome: 'Sonda', ativo: true, versao: 2, criadoEm: instante });

const umaEtapa = (id: string, funilId: string): EtapaFunil => ({
  id,
  funilId,
  nome: 'Sonda',
  posicao: 7,
  probabilidade: 50,
  ativo: true,
  versao: 2,
});

const oportunidadeDe = (id: string, idOf: PlantedIds) =>
  umaOportunidade({
    id,
    clienteId: novo,
    funilId: idOf('funil'),
    etapaId: idOf('etapa_funil'),
    versao: 2,
  });

const funis: Probes<FunilRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('funil')]),
  listar: (repository) => repository.listar(true),
  contarTravando: (repository) => repository.contarTravando(),
  travar: (repository, idOf) => repository.travar(idOf('funil')),
  inserir: (repository) => repository.inserir(umFunil(novo)),
  gravar: (repository, idOf) => repository.gravar(umFunil(idOf('funil'))),
};

const etapas: Probes<EtapaRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('etapa_funil')]),
  porFunis: (repository, idOf) => repository.porFunis([idOf('funil')]),
  travar: (repository, idOf) => repository.travar([idOf('etapa_funil')]),
  travarDoFunil: (repository, idOf) => repository.travarDoFunil(idOf('funil')),
  inserir: (repository, idOf) => repository.inserir([umaEtapa(novo, idOf('funil'))]),
  gravar: (repository, idOf) => repository.gravar(umaEtapa(idOf('etapa_funil'), idOf('funil'))),
  ordenar: (repository, idOf) => repository.ordenar([novo, idOf('etapa_funil')]),
};

const motivosPerda: Probes<MotivoPerdaRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('motivo_perda')]),
  listar: (repository) => repository.listar(true),
  contarTravando: (repository) => repository.contarTravando(),
  inserir: (repository) => repository.inserir({ id: novo, nome: 'Sonda', ativo: true, versao: 1 }),
  gravar: (repository, idOf) =>
    repository.gravar({ id: idOf('motivo_perda'), nome: 'Sonda', ativo: true, versao: 2 }),
};

const oportunidades: Probes<OportunidadeRepository> = {
  porIds: (repository, idOf) => repository.porIds([idOf('oportunidade')], everywhere),
  listar: (repository) =>
    repository.listar({ ativo: true }, oportunidadeOrders.CRIADA_EM_DESC, firstPage, everywhere),
  contar: (repository) => repository.contar({ ativo: true }, everywhere),
  travar: (repository, idOf) => repository.travar(idOf('oportunidade'), everywhere),
  inserir: (repository, idOf) => repository.inserir(oportunidadeDe(novo, idOf)),
  gravar: (repository, idOf) => repository.gravar(oportunidadeDe(idOf('oportunidade'), idOf)),
  apagar: (repository, idOf) => repository.apagar(idOf('oportunidade')),
};

const quadro: Probes<QuadroRepository> = {
  contar: (repository, idOf) => repository.contar([idOf('etapa')]),
  vizinhas: (repository, idOf) =>
    repository.vizinhas({
      id: novo,
      etapaId: idOf('etapa'),
      apos: { id: idOf('oportunidade'), alcance: everywhere },
    }),
  renumerar: (repository, idOf) => repository.renumerar(idOf('etapa')),
};

const historico: Probes<HistoricoRepository> = {
  inserir: (repository, idOf) =>
    repository.inserir({
      id: novo,
      oportunidadeId: idOf('oportunidade'),
      tipo: 'CRIADA',
      deEtapaId: null,
      paraEtapaId: idOf('etapa_funil'),
      usuarioId: novo,
      em: instante,
    }),
  inserirTodos: (repository, idOf) =>
    repository.inserirTodos([
      {
        id: novo,
        oportunidadeId: idOf('oportunidade'),
        tipo: 'CANCELADA',
        deEtapaId: idOf('etapa_funil'),
        paraEtapaId: idOf('etapa_funil'),
        usuarioId: null,
        em: instante,
      },
    ]),
  listarDasOportunidades: (repository, idOf) =>
    repository.listarDasOportunidades([idOf('oportunidade')], firstPage),
  contarPorOportunidade: (repository, idOf) => repository.contarPorOportunidade([idOf('oportunidade')]),
};

const clientes: Probes<ClienteRepository> = {
  listarOportunidades: (repository, idOf) =>
    repository.listarOportunidades([idOf('cliente')], firstPage, everywhere),
  contarOportunidades: (repository, idOf) => repository.contarOportunidades([idOf('cliente')], everywhere),
  somarEmAberto: (repository, idOf) => repository.somarEmAberto([idOf('cliente')], everywhere),
};

const clientesConhecidos: Probes<ClienteConhecidoRepository> = {
  sequenciaDe: (repository, idOf) => repository.sequenciaDe(idOf('cliente')),
  travar: (repository, idOf) => repository.travar(idOf('cliente')),
  gravar: (repository, idOf) => repository.gravar({ id: idOf('cliente'), ativo: false, sequencia: 9n }),
};

const carteira: Probes<CarteiraRepository> = {
  cancelar: (repository, idOf) => repository.cancelar(idOf('cliente'), instante),
  desvincular: (repository, idOf) => repository.desvincular(idOf('cliente'), instante),
  etapasDasCanceladas: (repository, idOf) => repository.etapasDasCanceladas(idOf('cliente')),
  travarCanceladas: (repository, idOf) => repository.travarCanceladas(idOf('cliente'), idOf('etapa')),
  reabrir: (repository, idOf) => repository.reabrir([{ id: idOf('oportunidade'), posicao: 'a0' }], instante),
};

export default {
  createFunilRepository: funis,
  createEtapaRepository: etapas,
  createMotivoPerdaRepository: motivosPerda,
  createOportunidadeRepository: oportunidades,
  createQuadroRepository: quadro,
  createHistoricoRepository: historico,
  createClienteRepository: clientes,
  createClienteConhecidoRepository: clientesConhecidos,
  createCarteiraRepository: carteira,
};
