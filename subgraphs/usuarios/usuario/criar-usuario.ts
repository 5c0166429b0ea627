import type { IdentityTransaction } from '../identidade/context';
import type { NovoUsuario } from '../identidade/identidade.repository';

type Dependencies = Pick<IdentityTransaction, 'identidade' | 'record'>;

/** Adds a person; false, and nothing done, when the e-mail is somebody's already. */
export const criarUsuario = async (
  { identidade, record }: Dependencies,
  usuario: NovoUsuario,
): Promise<boolean> => {
  if (!(await identidade.inserirUsuario(usuario))) return false;
  record({
    acao: 'usuario.criar',
    entidade: 'Usuario',
    id: usuario.id,
    campos: ['nome', 'email', 'senha'],
    evento: { tipo: 'UsuarioCriado', dados: { usuarioId: usuario.id } },
  });
  return true;
};
