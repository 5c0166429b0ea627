import type { Caller } from './caller';
import { forbidden, unauthenticated } from './errors';

/** How far a grant goes: the Caller's own, those of the Caller's equipes as well, or all of the organization. */
export const alcances = ['PROPRIOS', 'EQUIPE', 'TODOS'] as const;
export type Alcance = (typeof alcances)[number];

type Described = {
  /** What it allows, in Portuguese, for those who make perfis. */
  readonly descricao: string;
  /** Whether a grant of it can be limited to what has an owner: otherwise it is for all or nothing. */
  readonly comAlcance: boolean;
};

/** Every permission there is, as `recurso:acao`. A perfil grants some of them; a policy asks for one. */
export const permissions = {
  'usuarios:ler': { descricao: 'Ver as pessoas da organização.', comAlcance: false },
  'usuarios:convidar': { descricao: 'Convidar pessoas para a organização.', comAlcance: false },
  'usuarios:administrar': {
    descricao: 'Mudar os perfis das pessoas, desativá-las e encerrar as suas sessões.',
    comAlcance: false,
  },
  'perfis:administrar': { descricao: 'Criar, alterar e excluir perfis.', comAlcance: false },
  'auditoria:ler': { descricao: 'Ver e verificar a auditoria.', comAlcance: false },
  'organizacao:ler': { descricao: 'Ver unidades, equipes, configurações e contexto.', comAlcance: false },
  'organizacao:configurar': {
    descricao: 'Alterar os dados, as unidades, as configurações e o contexto da organização.',
    comAlcance: false,
  },
  'equipes:administrar': { descricao: 'Criar e alterar equipes e dizer quem está nelas.', comAlcance: false },
  'clientes:ler': { descricao: 'Ver clientes.', comAlcance: true },
  'clientes:verDocumento': { descricao: 'Ver o CPF ou CNPJ dos clientes por inteiro.', comAlcance: true },
  'clientes:escrever': { descricao: 'Cadastrar e alterar clientes.', comAlcance: true },
  'clientes:excluir': { descricao: 'Excluir e reativar clientes.', comAlcance: true },
  'vendas:ler': { descricao: 'Ver oportunidades.', comAlcance: true },
  'vendas:escrever': { descricao: 'Criar, alterar e mover oportunidades.', comAlcance: true },
  'vendas:excluir': { descricao: 'Excluir e reativar oportunidades.', comAlcance: true },
  'vendas:configurar': { descricao: 'Alterar funis, etapas e motivos de perda.', comAlcance: false },
  'eventos:administrar': { descricao: 'Ver e repetir eventos que falharam.', comAlcance: false },
} as const satisfies Record<string, Described>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly Permission[];

/** What somebody may do, and how far; what is missing is not allowed. */
export type Permissoes = Readonly<Partial<Record<Permission, Alcance>>>;

/** @throws CodedError UNAUTHENTICATED when nobody signed in. */
export const requireCaller = (caller: Caller | null): Caller => {
  if (!caller) throw unauthenticated();
  return caller;
};

/**
 * @returns how far the Caller's permission goes.
 * @throws CodedError UNAUTHENTICATED when nobody signed in, FORBIDDEN when the Caller lacks the permission.
 */
export const requirePermission = (caller: Caller | null, permission: Permission): Alcance => {
  const alcance = requireCaller(caller).permissoes[permission];
  if (!alcance) throw forbidden();
  return alcance;
};
