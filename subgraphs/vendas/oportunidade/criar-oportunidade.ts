import { checkTogether } from '../../../platform/check-together';
import { notFound } from '../../../platform/errors';
import { exigirResponsavel } from '../../../platform/exigir-responsavel';
import { requireCaller } from '../../../platform/permissions';
import { defaultOwner } from '../../../platform/reach';
import { tidy } from '../../../platform/text';
import { guardarCliente } from '../cliente/guardar-cliente';
import type { Repositories, VendasContext } from '../context';
import type { EtapaFunil } from '../etapa/etapa.type';
import { exigirAtiva } from '../etapa/exigir-ativa';
import { posicaoPara } from '../quadro/posicao';
import type { CriarOportunidadeInput } from './oportunidade.input';
import { exigirEtapaDoFunil, exigirValorPositivo } from './oportunidade.rules';
import type { Oportunidade } from './oportunidade.type';

type Dependencies = Pick<
  VendasContext,
  'caller' | 'policy' | 'graph' | 'colegas' | 'clientesConhecidos' | 'unitOfWork' | 'environment'
>;

const travarEtapa = async (
  { funis, etapas }: Pick<Repositories, 'funis' | 'etapas'>,
  { funilId, etapaId }: CriarOportunidadeInput,
): Promise<EtapaFunil> => {
  const doFunil = await etapas.porFunis([funilId]);
  const primeira = doFunil.find(({ ativo }) => ativo) ?? doFunil[0];
  if (!primeira) throw notFound('Funil', 'dados.funilId');
  const alvo = etapaId ?? primeira.id;
  const [etapa] = await etapas.travar([alvo]);
  if (!etapa) throw notFound('Etapa', 'dados.etapaId');
  exigirEtapaDoFunil(etapa, funilId);
  await exigirAtiva({ funis }, etapa);
  return etapa;
};

/**
 * Opens an Oportunidade, on top of its etapa. Whoever does not reach all of them takes care of it themselves unless
 * they say who does.
 *
 * @throws CodedError NOT_FOUND for a Cliente, Funil, etapa or responsável that is not of the organization,
 * FORBIDDEN for a responsável out of reach, CONFLICT for what is excluded, BAD_USER_INPUT for a negative amount or
 * an etapa of another Funil, SUBGRAPH_UNAVAILABLE when nobody can say whether there is such a Cliente or responsável.
 */
export const criarOportunidade = async (context: Dependencies, dados: CriarOportunidadeInput) => {
  const { caller, policy, unitOfWork, environment } = context;
  const alcance = policy.podeEscrever();
  const { usuarioId } = requireCaller(caller);
  const { clienteId, valor, previsaoFechamento = null } = dados;
  const responsavelId = dados.responsavelId ?? defaultOwner(alcance);
  exigirValorPositivo(valor);
  const cliente = guardarCliente(context, 'dados.clienteId');
  const before = () =>
    checkTogether([cliente.exigir(clienteId), exigirResponsavel(context, alcance, responsavelId)]);

  return unitOfWork(async (transaction) => {
    const { funis, etapas, quadro, oportunidades, historico, record } = transaction;
    await cliente.travar(transaction);
    const etapa = await travarEtapa({ funis, etapas }, dados);
    const id = environment.novoId();
    const agora = environment.agora();
    const oportunidade: Oportunidade = {
      id,
      titulo: tidy(dados.titulo),
      clienteId,
      funilId: etapa.funilId,
      etapaId: etapa.id,
      posicao: await posicaoPara(quadro, { id, etapaId: etapa.id, apos: null }),
      valor: { centavos: valor.centavos, moeda: valor.moeda },
      situacao: 'ABERTA',
      responsavelId,
      motivoPerdaId: null,
      observacaoPerda: null,
      previsaoFechamento,
      encerradaEm: null,
      ativo: true,
      versao: 1,
      criadoEm: agora,
      atualizadoEm: agora,
    };
    await oportunidades.inserir(oportunidade);
    await historico.inserir({
      id: environment.novoId(),
      oportunidadeId: id,
      tipo: 'CRIADA',
      deEtapaId: null,
      paraEtapaId: etapa.id,
      usuarioId,
      em: agora,
    });
    record({
      acao: 'oportunidade.criar',
      entidade: 'Oportunidade',
      id,
      campos: Object.keys(dados),
      evento: { tipo: 'OportunidadeCriada', dados: { oportunidadeId: id, clienteId } },
    });
    return { id };
  }, before);
};
