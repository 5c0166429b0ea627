import type { Caller } from '../../../platform/caller';
import type { Alcance } from '../../../platform/permissions';
import { granting } from '../../../platform/testing/callers';
import type { Kind } from './kinds';
import { alguem, novasCoisas } from './things';
import type { Matrix } from './world';

type Given = { readonly dono?: string | null; readonly cliente?: string };

/** Somebody, a colleague of an equipe, and a stranger, of one new organization. */
export const novaGente = async (matrix: Matrix) => {
  const organizacao = await matrix.novaOrganizacao();
  const { organizacaoId } = organizacao;
  const eu = await alguem(matrix, organizacao);
  const colega = await alguem(matrix, organizacao);
  const estranho = await alguem(matrix, organizacao);
  const equipe = await matrix.novaEquipe(organizacaoId, [eu.usuarioId, colega.usuarioId]);
  // A colleague's colleague is a stranger.
  await matrix.novaEquipe(organizacaoId, [colega.usuarioId, estranho.usuarioId]);

  // What nobody owns, they have in common: only whose a thing is tells who comes by it.
  const comuns: Partial<Record<Kind, string>> = {};
  const primeiras = novasCoisas({ matrix, organizacao, quem: eu, dono: null });
  for (const kind of ['funil', 'etapa', 'outraEtapa', 'motivo'] as const) {
    comuns[kind] = await primeiras.um(kind);
  }

  /** New things of somebody, or things of nobody that somebody makes, of a Cliente that there is or another. */
  const coisasDe = (quem: Caller, { dono = quem.usuarioId, cliente }: Given = {}) => {
    const jaFeitas = { ...comuns, ...(cliente && { cliente }) };
    return novasCoisas({ matrix, organizacao, quem, dono, jaFeitas });
  };

  const as = (alcance: Alcance): Caller => ({
    ...eu,
    permissoes: granting(undefined, alcance),
    equipes: [equipe],
  });
  const callers = { PROPRIOS: as('PROPRIOS'), EQUIPE: as('EQUIPE'), TODOS: as('TODOS') };

  return {
    eu,
    colega,
    estranho,
    coisasDe,
    /** The first of them, who may do everything as far as that. */
    ate: (alcance: Alcance): Caller => callers[alcance],
  };
};
