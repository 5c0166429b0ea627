import { generateNKeysBetween } from 'fractional-indexing';
import type { CloudEvent } from '../../../platform/events/cloud-event';
import type { EventTransaction } from '../../../platform/events/subscribers';
import { nilUuid } from '../../../platform/uuid';
import type { Repositories } from '../context';
import type { EtapaFunil } from '../etapa/etapa.type';
import { anotarMudancas } from './anotar-mudancas';
import type { Mudada } from './carteira.repository';

type Effect = Pick<
  EventTransaction<Repositories>,
  'clientesConhecidos' | 'carteira' | 'etapas' | 'funis' | 'quadro' | 'historico' | 'record' | 'environment'
>;

/** Puts a Cliente's cancelled Oportunidades of an etapa back on top of it. */
const reabrirNaEtapa = async (
  { carteira, quadro }: Pick<Effect, 'carteira' | 'quadro'>,
  clienteId: string,
  etapaId: string,
  em: Date,
): Promise<Mudada[]> => {
  const canceladas = await carteira.travarCanceladas(clienteId, etapaId);
  const vizinhas = await quadro.vizinhas({ id: nilUuid, etapaId, apos: null });
  const posicoes = generateNKeysBetween(null, vizinhas?.abaixo ?? null, canceladas.length);
  return carteira.reabrir(
    canceladas.map(({ id, ativo }, place) => ({ id, posicao: (ativo && posicoes[place]) || null })),
    em,
  );
};

const emFunisAtivos = async (etapas: readonly EtapaFunil[], { funis }: Pick<Effect, 'funis'>) => {
  const ativos = (await funis.porIds(etapas.map(({ funilId }) => funilId))).filter(({ ativo }) => ativo);
  const ids = new Set(ativos.map(({ id }) => id));
  return etapas.filter(({ ativo, funilId }) => ativo && ids.has(funilId));
};

/**
 * Undoes, when a Cliente is reactivated, what its exclusion did. It is also what makes an Oportunidade that
 * was opened after a reactivation outlive the late news of the exclusion before. What stood in an etapa that
 * is excluded by now stays cancelled.
 */
export const reabrirOportunidadesDoCliente = async (
  transaction: Effect,
  { data: { clienteId, campos }, sequence }: CloudEvent<'ClienteAtualizado'>,
): Promise<void> => {
  // Exclusion has an event of its own, so this one tells of a reactivation.
  if (!campos.includes('ativo')) return;
  const { clientesConhecidos, carteira, etapas, environment } = transaction;
  const em = environment.agora();
  await clientesConhecidos.gravar({ id: clienteId, ativo: true, sequencia: BigInt(sequence) });
  const travadas = await etapas.travar(await carteira.etapasDasCanceladas(clienteId));
  for (const { id } of await emFunisAtivos(travadas, transaction)) {
    await anotarMudancas(transaction, await reabrirNaEtapa(transaction, clienteId, id, em), {
      tipo: 'REABERTA',
      acao: 'oportunidade.reabrir',
      campos: ['situacao', 'encerradaEm', 'posicao'],
      em,
      evento: (oportunidadeId) => ({ tipo: 'OportunidadeReaberta', dados: { oportunidadeId, clienteId } }),
    });
  }
};
