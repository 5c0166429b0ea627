import { badUserInput, type CampoInvalido, forbidden } from '../../../platform/errors';
import { type Alcance, type Permissoes, permissions } from '../../../platform/permissions';
import { abrange, ehPermissao } from './concessoes';

type Pedida = { readonly permissao: string; readonly alcance: Alcance };

/**
 * What was asked for, as what a perfil is to grant.
 *
 * @throws CodedError BAD_USER_INPUT for a permission that there is not or that comes twice, and for one without reach
 * that is given less than TODOS.
 */
export const lerConcessoes = (pedidas: readonly Pedida[]): Permissoes => {
  const campos: CampoInvalido[] = [];
  const lidas = new Map<string, Alcance>();
  for (const [i, { permissao, alcance }] of pedidas.entries()) {
    const campo = `dados.concessoes.${i}`;
    if (!ehPermissao(permissao)) {
      campos.push({ campo: `${campo}.permissao`, mensagem: 'Esta permissão não existe.' });
    } else if (lidas.has(permissao)) {
      campos.push({ campo: `${campo}.permissao`, mensagem: 'Esta permissão já está na lista.' });
    } else if (alcance !== 'TODOS' && !permissions[permissao].comAlcance) {
      campos.push({ campo: `${campo}.alcance`, mensagem: 'Esta permissão não tem alcance: use TODOS.' });
    }
    lidas.set(permissao, alcance);
  }
  if (campos.length > 0) throw badUserInput(campos);
  return Object.fromEntries(lidas);
};

/**
 * Nobody grants what they may not do themselves, nor takes it from somebody.
 *
 * @param tem what the one who acts may do.
 * @throws CodedError FORBIDDEN with motivo ALEM_DAS_SUAS_PERMISSOES.
 */
export const exigirQueAbranja = (tem: Permissoes, ...outras: readonly Permissoes[]): void => {
  if (outras.every((permissoes) => abrange(tem, permissoes))) return;
  throw forbidden('Isto vai além das suas próprias permissões.', 'ALEM_DAS_SUAS_PERMISSOES');
};
