import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from '../../../platform/db/unit-of-work';
import type { Environment } from '../../../platform/environment';
import type { Repositories } from '../context';
import type { Contexto } from './contexto.type';
import { modelos } from './modelos';

type Dependencies = Pick<Transaction<Repositories>, 'contextos' | 'record'> & {
  readonly environment: Environment;
};

/** A document that fits the template of the segmento. */
type Novo = Pick<Contexto, 'organizacaoId' | 'segmento' | 'documento' | 'autorId'> & {
  /** For the audit trail. */
  readonly acao: 'contexto.atualizar' | 'contexto.restaurar';
  /** What it follows; it must stay the last until the transaction ends. */
  readonly ultimo: Contexto | null;
};

/** The parts of a document, by the names that the template gives them; none of one that there is not. */
const partes = (documento: unknown): Readonly<Record<string, unknown>> => ({ ...(documento as object) });

/** Names of the parts in which two documents differ. */
const partesAlteradas = (antes: unknown, depois: unknown): string[] => {
  const [umas, outras] = [partes(antes), partes(depois)];
  const nomes = new Set([...Object.keys(umas), ...Object.keys(outras)]);
  return [...nomes].filter((nome) => !isDeepStrictEqual(umas[nome], outras[nome]));
};

/**
 * Adds a version of the contexto, and answers its id; that of the last one when the new one would say the same of the
 * same template.
 */
export const acrescentarContexto = async (
  { contextos, record, environment }: Dependencies,
  { acao, organizacaoId, segmento, documento, autorId, ultimo }: Novo,
): Promise<string> => {
  const campos = partesAlteradas(ultimo?.documento, documento);
  const versaoDoModelo = modelos[segmento].versao;
  const doMesmoModelo = ultimo?.segmento === segmento && ultimo.versaoDoModelo === versaoDoModelo;
  if (doMesmoModelo && campos.length === 0) return ultimo.id;

  const contexto: Contexto = {
    id: environment.novoId(),
    organizacaoId,
    versao: (ultimo?.versao ?? 0) + 1,
    segmento,
    versaoDoModelo,
    documento,
    autorId,
    // The history is in the order of the clock, which may differ from one process to another.
    atualizadoEm: new Date(
      Math.max(environment.agora().getTime(), (ultimo?.atualizadoEm.getTime() ?? 0) + 1),
    ),
  };
  await contextos.inserir(contexto);
  record({
    acao,
    entidade: 'Contexto',
    id: contexto.id,
    agregadoId: organizacaoId,
    campos,
    evento: { tipo: 'ContextoAtualizado', dados: { organizacaoId, versao: contexto.versao } },
  });
  return contexto.id;
};
