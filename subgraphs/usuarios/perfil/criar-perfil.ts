import { conflict } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { UsuariosContext } from '../context';
import { listarConcessoes } from './concessoes';
import { exigirQueAbranja, lerConcessoes } from './concessoes.rules';
import type { CriarPerfilInput } from './perfil.input';
import { maxPerfis, nomeOcupado } from './perfil.rules';
import { perfilAlterado } from './perfil-alterado';
import { travarDireitos } from './travar-direitos';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity' | 'environment'>;

/**
 * @throws CodedError BAD_USER_INPUT, CONFLICT when the name is taken or there are 200 already, FORBIDDEN for what the
 * Caller may not do.
 */
export const criarPerfil = async (
  { direitos, identity, environment }: Dependencies,
  { nome: given, concessoes: pedidas }: CriarPerfilInput,
) => {
  const caller = direitos.podeAdministrarPerfis();
  const permissoes = lerConcessoes(pedidas);
  const nome = tidy(given);
  const id = environment.novoId();
  return identity.unitOfWork(caller, async (transaction) => {
    const { perfis, record } = transaction;
    exigirQueAbranja(await travarDireitos(transaction, caller, 'perfis:administrar'), permissoes);
    if (await perfis.haOutroComNome(nome, id)) throw nomeOcupado();
    if ((await perfis.contar()) >= maxPerfis) {
      throw conflict('LIMITE_DE_PERFIS', `O limite é de ${maxPerfis} perfis. Altere ou exclua um deles.`);
    }
    const concessoes = listarConcessoes(permissoes);
    const criadoEm = environment.agora();
    await perfis.inserir([{ id, nome, embutido: null, concessoes, versao: 1, criadoEm }]);
    record(perfilAlterado({ acao: 'perfil.criar', id, campos: ['nome', 'concessoes'] }));
    return { id };
  });
};
