import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import { membroAlterado } from './membro-alterado';

type Dependencies = Pick<IdentityTransaction, 'membros' | 'perfis' | 'record'>;
type NovoMembro = { readonly usuarioId: string; readonly perfilIds: readonly string[] };

/**
 * Makes a person a Membro with these perfis, which must be there; one who was deactivated becomes active again, and has
 * these instead of those of before, and one who is active stays as they are. Lock the organization before
 * (`organizacoes.travar`), unless it is new.
 */
export const adicionarMembro = async (
  { membros, perfis, record }: Dependencies,
  { usuarioId, perfilIds }: NovoMembro,
  { agora, novoId }: Pick<Environment, 'agora' | 'novoId'>,
): Promise<void> => {
  const antes = await membros.travarDaPessoa(usuarioId);
  if (antes?.ativo) return;
  if (antes) {
    await membros.gravar({ ...antes, ativo: true, versao: antes.versao + 1 });
    await perfis.atribuir(antes.id, perfilIds);
    record(membroAlterado(antes, { acao: 'membro.adicionar', campos: ['ativo', 'perfis'] }));
    return;
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
};
