/** Who did what to what, when the event happened and from where: one line of the audit trail. */
export type AuditRecord = {
  /** `entidade.verbo`, for example `cliente.editar`. */
  readonly acao: string;
  readonly entidade: string;
  readonly entidadeId: string;
  /** Names of the fields that changed; never their values. */
  readonly campos: readonly string[];
  /** Null when another event led to it. */
  readonly usuarioId: string | null;
  readonly sessaoId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
};

/**
 * Every event of the supergraph and what it carries: ids and field names, never personal values, so
 * that erasing a person needs no rewriting of history. Only the audit record says from where somebody acted.
 */
export type EventCatalogue = {
  RegistroDeAuditoria: AuditRecord;
  OrganizacaoCriada: { readonly organizacaoId: string };
  OrganizacaoAlterada: { readonly organizacaoId: string; readonly campos: readonly string[] };
  ContextoAtualizado: { readonly organizacaoId: string; readonly versao: number };
  UnidadeAlterada: { readonly unidadeId: string; readonly campos: readonly string[] };
  /** With all who are in it now; an excluded one has nobody. */
  EquipeAlterada: { readonly equipeId: string; readonly membros: readonly string[] };
  UsuarioCriado: { readonly usuarioId: string };
  UsuarioAlterado: { readonly usuarioId: string; readonly campos: readonly string[] };
  UsuarioAutenticado: { readonly usuarioId: string; readonly sessaoId: string };
  SessaoEncerrada: { readonly usuarioId: string; readonly sessaoId: string };
  /** All sessions of the person. */
  SessoesEncerradas: { readonly usuarioId: string };
  /** A refresh token came a second time: the session was ended. */
  SessaoComprometida: { readonly usuarioId: string; readonly sessaoId: string };
  MembroAdicionado: { readonly membroId: string; readonly usuarioId: string };
  MembroAlterado: {
    readonly membroId: string;
    readonly usuarioId: string;
    readonly campos: readonly string[];
  };
  PerfilAlterado: { readonly perfilId: string; readonly campos: readonly string[] };
  UsuarioConvidado: { readonly conviteId: string };
  ConviteAceito: { readonly conviteId: string; readonly usuarioId: string };
  ConviteCancelado: { readonly conviteId: string };
  ClienteCriado: { readonly clienteId: string; readonly responsavelId: string | null };
  /** With `ativo` among the fields it was reactivated: exclusion has an event of its own. */
  ClienteAtualizado: { readonly clienteId: string; readonly campos: readonly string[] };
  ClienteExcluido: { readonly clienteId: string; readonly definitivo: boolean };
  OportunidadeCriada: { readonly oportunidadeId: string; readonly clienteId: string };
  OportunidadeAtualizada: { readonly oportunidadeId: string; readonly campos: readonly string[] };
  OportunidadeMovida: {
    readonly oportunidadeId: string;
    readonly deEtapaId: string;
    readonly paraEtapaId: string;
  };
  OportunidadeGanha: { readonly oportunidadeId: string; readonly clienteId: string };
  OportunidadePerdida: {
    readonly oportunidadeId: string;
    readonly clienteId: string;
    readonly motivoPerdaId: string;
  };
  OportunidadeReaberta: { readonly oportunidadeId: string; readonly clienteId: string };
  /** Its Cliente was excluded. */
  OportunidadeCancelada: { readonly oportunidadeId: string; readonly clienteId: string };
  OportunidadeExcluida: { readonly oportunidadeId: string; readonly definitivo: boolean };
  FunilAlterado: { readonly funilId: string; readonly campos: readonly string[] };
  MotivoPerdaAlterado: { readonly motivoPerdaId: string; readonly campos: readonly string[] };
  EventoMortoReprocessado: { readonly eventoId: string };
};

export type EventName = keyof EventCatalogue;

/** The kind of aggregate in whose order each event stands. */
export const aggregateOf = {
  RegistroDeAuditoria: 'Auditoria',
  OrganizacaoCriada: 'Organizacao',
  // Not of usuarios' Organizacao: an order is that of one domain's outbox.
  OrganizacaoAlterada: 'ConfiguracaoDaOrganizacao',
  ContextoAtualizado: 'ConfiguracaoDaOrganizacao',
  UnidadeAlterada: 'Unidade',
  EquipeAlterada: 'Equipe',
  UsuarioCriado: 'Usuario',
  UsuarioAlterado: 'Usuario',
  UsuarioAutenticado: 'Usuario',
  SessaoEncerrada: 'Usuario',
  SessoesEncerradas: 'Usuario',
  SessaoComprometida: 'Usuario',
  MembroAdicionado: 'Membro',
  MembroAlterado: 'Membro',
  PerfilAlterado: 'Perfil',
  UsuarioConvidado: 'Convite',
  ConviteAceito: 'Convite',
  ConviteCancelado: 'Convite',
  ClienteCriado: 'Cliente',
  ClienteAtualizado: 'Cliente',
  ClienteExcluido: 'Cliente',
  OportunidadeCriada: 'Oportunidade',
  OportunidadeAtualizada: 'Oportunidade',
  OportunidadeMovida: 'Oportunidade',
  OportunidadeGanha: 'Oportunidade',
  OportunidadePerdida: 'Oportunidade',
  OportunidadeReaberta: 'Oportunidade',
  OportunidadeCancelada: 'Oportunidade',
  OportunidadeExcluida: 'Oportunidade',
  FunilAlterado: 'Funil',
  MotivoPerdaAlterado: 'MotivoPerda',
  EventoMortoReprocessado: 'EventoMorto',
} as const satisfies Record<EventName, string>;

/**
 * The kind of aggregate whose events have no order: each is the only one of an aggregate that has its id. Nobody keeps
 * numbers or cursors of them, so who consumes one has to recognise it when it comes again.
 */
export const unordered = aggregateOf.RegistroDeAuditoria;

/** An event that a domain tells others of, with the payload of its name. */
export type DomainEvent = {
  [Name in Exclude<EventName, 'RegistroDeAuditoria'>]: {
    readonly tipo: Name;
    readonly dados: EventCatalogue[Name];
  };
}[Exclude<EventName, 'RegistroDeAuditoria'>];
