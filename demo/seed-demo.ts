import { gerarClientes } from './clientes';
import { nomesDoFunil } from './funil';
import { type Ask, type Credentials, type GraphSession, openSession } from './graph-session';
import { gerarOportunidades } from './oportunidades';
import { completarClientes, criarClientes } from './seed-clientes';
import { concluirFunil, criarFunil, seedOportunidades } from './seed-vendas';

type Options = {
  readonly ask: Ask;
  /** Who administers the demo organization, and the name of that organization. */
  readonly administrador: Credentials & { readonly organizacao: string };
  /** Told in one line, in Portuguese, what is being made. */
  readonly onStep: (step: string) => void;
};

type Estado = {
  readonly eu: {
    readonly id: string;
    readonly membro: { readonly organizacao: { readonly nome: string } } | null;
  };
  readonly funis: readonly { readonly nome: string }[];
  readonly funisExcluidos: readonly unknown[];
  readonly clientes: { readonly edges: readonly unknown[] };
  readonly clientesExcluidos: { readonly edges: readonly unknown[] };
};

const estadoAtual = `{
  eu { id membro { organizacao { nome } } }
  funis { nome }
  funisExcluidos: funis(ativo: false) { id }
  clientes(first: 1) { edges { cursor } }
  clientesExcluidos: clientes(first: 1, filtro: { ativo: false }) { edges { cursor } }
}`;

/** A Funil is never erased: when there is none and no Cliente, nothing was ever made here. */
const isUntouched = ({ funis, funisExcluidos, clientes, clientesExcluidos }: Estado): boolean =>
  [funis, funisExcluidos, clientes.edges, clientesExcluidos.edges].every(({ length }) => length === 0);

const isInterrupted = ({ funis }: Estado): boolean =>
  funis.some(({ nome }) => nome === nomesDoFunil.emPreparo);

const fill = async (session: GraphSession, usuarioId: string, onStep: Options['onStep']): Promise<void> => {
  const clientes = gerarClientes();
  const oportunidades = gerarOportunidades(clientes);
  onStep(
    `Criando os dados de demonstração: ${clientes.length} clientes e ${oportunidades.length} oportunidades`,
  );
  const funil = await criarFunil(session);
  const clienteIds = await criarClientes(session, clientes, usuarioId);
  await Promise.all([
    completarClientes(session, clientes, clienteIds),
    seedOportunidades(session, funil, oportunidades, { clienteIds, usuarioId }),
  ]);
  await concluirFunil(session, funil);
};

/** Whether the demo was filled now, kept as it was, or its login refused. */
export type SeedOutcome = 'filled' | 'kept' | 'refused';

/**
 * Fills the demo organization with customers and a funnel in progress, as a client of the graph, and
 * answers what came of it. It does nothing where there is something already, and not when its login does not
 * work or leads to another organization. What an earlier run left unfinished it finishes, doubling nothing.
 *
 * @throws Error with the message of the graph when it refuses something.
 */
export const seedDemo = async ({ ask, administrador, onStep }: Options): Promise<SeedOutcome> => {
  const session = await openSession(ask, administrador);
  if (!session) return 'refused';
  const estado = await session.query<Estado>(estadoAtual);
  const isDemo = estado.eu.membro?.organizacao.nome === administrador.organizacao;
  const needed = isDemo && (isUntouched(estado) || isInterrupted(estado));
  if (needed) await fill(session, estado.eu.id, onStep);
  await session.close();
  return needed ? 'filled' : 'kept';
};
