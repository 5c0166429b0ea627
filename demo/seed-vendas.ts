import { etapas, motivosPerda, nomesDoFunil } from './funil';
import type { GraphSession } from './graph-session';
import type { Oportunidade } from './oportunidades';

type Funil = { readonly id: string; readonly criadoEm: string; readonly etapas: readonly { id: string }[] };

type Donos = { readonly clienteIds: readonly string[]; readonly usuarioId: string };

const umDia = 24 * 60 * 60 * 1000;

/** Makes the funnel, under the name that says that the demo is not complete. */
export const criarFunil = async ({ once, query }: GraphSession): Promise<Funil> => {
  const [id] = await once('funil', 'criarFunil', [{ nome: nomesDoFunil.emPreparo, etapas }]);
  const { funil } = await query<{ funil: Funil }>(
    'query ($id: ID!) { funil(id: $id) { id criadoEm etapas { id } } }',
    { id },
  );
  return funil;
};

export const concluirFunil = async ({ once }: GraphSession, { id }: Funil): Promise<void> => {
  await once('funil-pronto', 'editarFunil', [{ id, versao: 1, nome: nomesDoFunil.pronto }]);
};

/** Counted from the day of the funnel: a seed that goes on tomorrow asks for the same again. */
const previsao = ({ criadoEm }: Funil, dias: number | null): string | null =>
  dias === null ? null : new Date(Date.parse(criadoEm) + dias * umDia).toISOString().slice(0, 10);

/** Opens the sales in the funnel, and closes those that are won or lost. */
export const seedOportunidades = async (
  { once }: GraphSession,
  funil: Funil,
  oportunidades: readonly Oportunidade[],
  { clienteIds, usuarioId }: Donos,
): Promise<void> => {
  const motivos = motivosPerda.map(({ nome }) => ({ nome }));
  const motivoIds = await once('motivo', 'criarMotivoPerda', motivos, 1);

  const nova = ({ titulo, valor, cliente, previsaoEmDias }: Oportunidade, etapaId: string) => ({
    titulo,
    valor,
    clienteId: clienteIds[cliente],
    funilId: funil.id,
    etapaId,
    responsavelId: usuarioId,
    previsaoFechamento: previsao(funil, previsaoEmDias),
  });

  const seedEtapa = async (etapaId: string, etapa: number): Promise<void> => {
    const daEtapa = oportunidades.filter((one) => one.etapa === etapa);
    const novas = daEtapa.map((one) => nova(one, etapaId));
    // A new card goes on top of its etapa: one after the other, they always lie in the same order.
    const ids = await once(`etapa-${etapa}`, 'criarOportunidade', novas, 1);
    const ganhas = daEtapa.flatMap(({ desfecho }, n) =>
      desfecho.situacao === 'GANHA' ? [{ id: ids[n] }] : [],
    );
    await once(`etapa-${etapa}-ganhas`, 'ganharOportunidade', ganhas);
    const perdidas = daEtapa.flatMap(({ desfecho }, n) =>
      desfecho.situacao === 'PERDIDA'
        ? [{ id: ids[n], motivoPerdaId: motivoIds[desfecho.motivo], observacao: desfecho.observacao }]
        : [],
    );
    await once(`etapa-${etapa}-perdidas`, 'perderOportunidade', perdidas);
  };
  await Promise.all(funil.etapas.map(({ id }, etapa) => seedEtapa(id, etapa)));
};
