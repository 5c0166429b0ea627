/**
 * Every event of the supergraph and what it carries: ids and field names, never personal values, so
 * that erasing a person needs no rewriting of history.
 */
export type EventCatalogue = {
  OrganizacaoCriada: { readonly organizacaoId: string };
  UsuarioCriado: { readonly usuarioId: string };
  UsuarioAutenticado: { readonly usuarioId: string; readonly sessaoId: string };
  SessaoEncerrada: { readonly usuarioId: string; readonly sessaoId: string };
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
  OrganizacaoCriada: 'Organizacao',
  UsuarioCriado: 'Usuario',
  UsuarioAutenticado: 'Usuario',
  SessaoEncerrada: 'Usuario',
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

/** An event with the payload of its name. */
export type DomainEvent = {
  [Name in EventName]: { readonly tipo: Name; readonly dados: EventCatalogue[Name] };
}[EventName];
