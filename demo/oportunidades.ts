import type { Cliente } from './clientes';
import { etapas, motivosPerda, produtos } from './funil';
import { createRandom, type Random } from './random';

/** A sale of the demo, as it stands. */
export type Oportunidade = {
  /** Which of the customers. */
  readonly cliente: number;
  /** Which of the etapas. */
  readonly etapa: number;
  readonly titulo: string;
  readonly valor: { readonly centavos: number; readonly moeda: 'BRL' | 'USD' };
  /** How many days after today it is expected to close; negative when that day is past. */
  readonly previsaoEmDias: number | null;
  readonly desfecho: Desfecho;
};

type Desfecho =
  | { readonly situacao: 'ABERTA' | 'GANHA' }
  | { readonly situacao: 'PERDIDA'; readonly motivo: number; readonly observacao: string | null };

type Plano = { readonly etapa: number; readonly quantas: number; readonly situacao: Desfecho['situacao'] };

/** Fewer the further one looks down the funnel. */
const planos: readonly Plano[] = [
  { etapa: 0, quantas: 34, situacao: 'ABERTA' },
  { etapa: 1, quantas: 26, situacao: 'ABERTA' },
  { etapa: 2, quantas: 20, situacao: 'ABERTA' },
  { etapa: 3, quantas: 12, situacao: 'ABERTA' },
  { etapa: 4, quantas: 8, situacao: 'ABERTA' },
  { etapa: 4, quantas: 14, situacao: 'GANHA' },
  { etapa: 1, quantas: 3, situacao: 'PERDIDA' },
  { etapa: 2, quantas: 5, situacao: 'PERDIDA' },
  { etapa: 3, quantas: 3, situacao: 'PERDIDA' },
];

const umDesfecho = (random: Random, situacao: Desfecho['situacao']): Desfecho => {
  if (situacao !== 'PERDIDA') return { situacao };
  const motivo = random.integer(0, motivosPerda.length - 1);
  const observacao = random.chance(0.5) ? motivosPerda[motivo]!.observacao : null;
  return { situacao, motivo, observacao };
};

const umaPrevisao = (random: Random, { etapa, situacao }: Plano): number | null => {
  if (situacao !== 'ABERTA') return random.integer(-45, -1);
  if (random.chance(0.1)) return null;
  const longest = (etapas.length - etapa) * 20;
  return random.integer(-5, longest);
};

/** The sales of the demo, the same at every call; none to a customer who is excluded. */
export const gerarOportunidades = (clientes: readonly Cliente[]): Oportunidade[] => {
  const random = createRandom(150);
  const ativos = clientes.flatMap(({ excluido }, index) => (excluido ? [] : [index]));
  const umaOportunidade = (plano: Plano): Oportunidade => {
    const cliente = random.pick(ativos);
    const { titulo, precos, moeda } = random.pickEarly(produtos[clientes[cliente]!.dados.tipo]);
    return {
      cliente,
      etapa: plano.etapa,
      titulo,
      valor: { centavos: random.integer(...precos) * 100, moeda },
      previsaoEmDias: umaPrevisao(random, plano),
      desfecho: umDesfecho(random, plano.situacao),
    };
  };
  return planos.flatMap((plano) => Array.from({ length: plano.quantas }, () => umaOportunidade(plano)));
};
