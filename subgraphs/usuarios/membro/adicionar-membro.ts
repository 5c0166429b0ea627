import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import { membroAlterado } from './membro-alterado';

type Dependencies = Pick<IdentityTransaction, 'organizacoes' | 'membros' | 'perfis' | 'record'>;
type NovoMembro = { readonly usuarioId: string; readonly perfilIds: readonly string[] };

/**
 * Makes a person a Membro with these perfis, which must be there; one who was deactivated becomes active again, and has
 * these instead of those of before. Nobody else changes who may do what in the organization until the transaction ends.
 *
 * @returns false, with nothing done, when the person is an active Membro already.
 */
export const adicionarMembro = async (
  { organizacoes, membros, perfis, record }: Dependencies,
  { usuarioId, perfilIds }: NovoMembro,
  { agora, novoId }: Pick<Environment, 'agora' | 'novoId'>,
): Promise<boolean> => {
  await organizacoes.travar();
  const antes = await membros.travarDaPessoa(usuarioId);
  if (antes?.ativo) return false;
  if (antes) {
    await membros.gravar({ ...antes, ativo: true, versao: antes.versao + 1 });
    await perfis.atribuir(antes.id, perfilIds);
    record(membroAlterado(antes, { acao: 'membro.adicionar', campos: ['ativo', 'perfis'] }));
    return true;
  }
  const id = novoId();
  await membros.inserir({ id, usuarioId, ativo: true, versao: 1, criadoEm: agora() });
  await perfis.atribuir(id, perfilIds);
  record({
    acao: 'membro.adicionar',
    entidade: 'Membro',
    id,
    campos: ['perfis'],
    evento: { tipo: 'MembroAdicionado', dados: { membroId: id, usuarioId } },
  });
  return true;
};
