/** What a thing is, and in which state. */
export type Kind =
  | 'cliente'
  | 'clienteExcluido'
  | 'endereco'
  | 'nota'
  | 'clienteComVenda'
  | 'funil'
  | 'funilExcluido'
  | 'funilComVenda'
  | 'etapa'
  | 'outraEtapa'
  | 'etapaExcluida'
  | 'etapaComVenda'
  | 'motivo'
  | 'motivoExcluido'
  | 'oportunidade'
  | 'vizinha'
  | 'oportunidadeGanha'
  | 'oportunidadePerdida'
  | 'oportunidadeExcluida'
  | 'organizacao'
  | 'contexto'
  | 'unidade'
  | 'unidadeExcluida'
  | 'equipe'
  | 'equipeExcluida'
  | 'naEquipe'
  | 'usuario'
  | 'membro'
  | 'membroInativo'
  | 'perfil'
  | 'convite'
  | 'sessao'
  | 'outraOrganizacao'
  | 'auditado'
  | 'auditor'
  | 'selo'
  | 'eventoDeClientes'
  | 'eventoDeUsuarios'
  | 'eventoDeVendas'
  | 'responsavel'
  | 'donoDoCliente'
  | 'donoDaVenda';

/** Kinds that lie within somebody's reach or not, by who owns them or what they belong to. */
export const comDono: ReadonlySet<Kind> = new Set<Kind>([
  'cliente',
  'clienteExcluido',
  'clienteComVenda',
  'endereco',
  'nota',
  'oportunidade',
  'vizinha',
  'oportunidadeGanha',
  'oportunidadePerdida',
  'oportunidadeExcluida',
  'donoDoCliente',
  'donoDaVenda',
]);
