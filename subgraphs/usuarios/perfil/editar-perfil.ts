import { changedFields } from '../../../platform/changed-fields';
import { notFound, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { UsuariosContext } from '../context';
import { listarConcessoes, permissoesDoPerfil } from './concessoes';
import { exigirQueAbranja, lerConcessoes } from './concessoes.rules';
import type { EditarPerfilInput } from './perfil.input';
import { exigirPerfilProprio, nomeOcupado } from './perfil.rules';
import { perfilAlterado } from './perfil-alterado';
import { travarDireitos } from './travar-direitos';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity' | 'environment'>;

/**
 * Changes what a perfil grants, at once for everybody who has it: their access tokens are refused from now on, and
 * the next ones say what it grants then.
 *
 * @throws CodedError BAD_USER_INPUT, NOT_FOUND, CONFLICT for a built-in perfil, a stale `versao` or a name that is
 * taken, FORBIDDEN when it grants, or granted, what the Caller may not do.
 */
export const editarPerfil = async (
  { direitos, identity, environment }: Dependencies,
  { id, versao, nome, concessoes }: EditarPerfilInput,
) => {
  const caller = direitos.podeAdministrarPerfis();
  const permissoes = lerConcessoes(concessoes);
  return identity.unitOfWork(caller, async (transaction) => {
    const { perfis, revogacoes, record } = transaction;
    const tem = await travarDireitos(transaction, caller, 'perfis:administrar');
    const antes = await perfis.travar(id);
    if (!antes) throw notFound('Perfil', 'dados.id');
    exigirPerfilProprio(antes);
    if (antes.versao !== versao) throw staleVersion('Perfil');
    exigirQueAbranja(tem, permissoesDoPerfil(antes), permissoes);

    const depois = { ...antes, nome: tidy(nome), concessoes: listarConcessoes(permissoes) };
    const campos = changedFields(antes, depois);
    if (campos.length === 0) return { id };
    if (await perfis.haOutroComNome(depois.nome, id)) throw nomeOcupado();
    await perfis.gravar({ ...depois, versao: versao + 1 });
    if (campos.includes('concessoes')) {
      const pessoas = await perfis.pessoasCom(id);
      await revogacoes.registrar(
        pessoas.map((usuarioId) => ({ usuarioId, organizacaoId: caller.organizacaoId })),
        environment.agora(),
      );
    }
    record(perfilAlterado({ acao: 'perfil.editar', id, campos }));
    return { id };
  });
};
