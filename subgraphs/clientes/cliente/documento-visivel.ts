import { reaches } from '../../../platform/reach';
import { maskDocumento } from '../../../platform/scalars/mask-documento';
import type { ClientesContext } from '../context';
import type { Cliente } from './cliente.type';

type Dependencies = Pick<ClientesContext, 'policy' | 'colegas'>;

/** A Cliente's document, masked for who may see the Cliente and not that. */
export const documentoVisivel = async (
  { policy, colegas }: Dependencies,
  { documento, responsavelId }: Pick<Cliente, 'documento' | 'responsavelId'>,
): Promise<string | null> => {
  if (documento === null) return null;
  const alcance = policy.documentosVisiveis();
  const isVisible = alcance !== null && (await reaches(alcance, responsavelId, colegas));
  return isVisible ? documento : maskDocumento(documento);
};
