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
  OportunidadeExcluida: { readonly oportunidadeId: string; readonly definitivo: boolean };
  FunilAlterado: { readonly funilId: string; readonly campos: readonly string[] };
  MotivoPerdaAlterado: { readonly motivoPerdaId: string; readonly campos: readonly string[] };
};

export type EventName = keyof EventCatalogue;

/** An event with the payload of its name. */
export type DomainEvent = {
  [Name in EventName]: { readonly tipo: Name; readonly dados: EventCatalogue[Name] };
}[EventName];
