import {
  type Alcance,
  alcances,
  type Permission,
  type Permissoes,
  permissionNames,
  permissions,
} from '../../../platform/permissions';
import { type PerfilEmbutido, perfisEmbutidos } from './perfis-embutidos';

/** One permission and how far it goes, as it is stored or given. */
export type ConcessaoEscrita = { readonly permissao: string; readonly alcance: string };

/** What of a perfil says what it grants, as it is stored. */
export type Concedente = {
  readonly embutido: string | null;
  readonly concessoes: readonly ConcessaoEscrita[];
};

export const ehPermissao = (nome: string): nome is Permission => Object.hasOwn(permissions, nome);
const ehAlcance = (nome: string): nome is Alcance => (alcances as readonly string[]).includes(nome);
export const ehEmbutido = (nome: string): nome is PerfilEmbutido => Object.hasOwn(perfisEmbutidos, nome);

const largura = (alcance: Alcance | undefined): number => (alcance ? alcances.indexOf(alcance) : -1);

/** What a perfil grants. What another version of the program stored, and this one does not know, it does not grant. */
export const permissoesDoPerfil = ({ embutido, concessoes }: Concedente): Permissoes => {
  if (embutido !== null) return ehEmbutido(embutido) ? perfisEmbutidos[embutido].permissoes : {};
  return Object.fromEntries(
    concessoes
      .filter(({ permissao, alcance }) => ehPermissao(permissao) && ehAlcance(alcance))
      .map(({ permissao, alcance }) => [permissao, alcance]),
  );
};

/** What perfis grant together: each permission as far as that perfil goes which goes farthest. */
export const permissoesDosPerfis = (perfis: readonly Concedente[]): Permissoes => {
  const juntas: Partial<Record<Permission, Alcance>> = {};
  for (const permissoes of perfis.map(permissoesDoPerfil)) {
    for (const nome of permissionNames) {
      if (largura(permissoes[nome]) > largura(juntas[nome])) juntas[nome] = permissoes[nome];
    }
  }
  return juntas;
};

/** Whether somebody with the first permissions has all of the others, and each of them as far. */
export const abrange = (permissoes: Permissoes, outras: Permissoes): boolean =>
  permissionNames.every((nome) => largura(permissoes[nome]) >= largura(outras[nome]));

/** Permissions as a list, in the order in which `permissions` names them. */
export const listarConcessoes = (permissoes: Permissoes) =>
  permissionNames.flatMap((permissao) => {
    const alcance = permissoes[permissao];
    return alcance ? [{ permissao, alcance }] : [];
  });
