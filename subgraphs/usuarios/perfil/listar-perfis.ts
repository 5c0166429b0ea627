import type { UsuariosContext } from '../context';
import type { Perfil } from './perfil.type';

/** @throws CodedError FORBIDDEN without `usuarios:ler`. */
export const listarPerfis = async ({
  direitos,
  perfis,
}: Pick<UsuariosContext, 'direitos' | 'perfis'>): Promise<Perfil[]> => {
  direitos.podeLer();
  return perfis.listar();
};
