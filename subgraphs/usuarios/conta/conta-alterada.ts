import type { ChangeRecord } from '../../../platform/db/unit-of-work';

/** That something of a person changed which all their organizations see. */
export const contaAlterada = (acao: string, usuarioId: string, campo: 'ativo' | 'senha'): ChangeRecord => ({
  acao,
  entidade: 'Usuario',
  id: usuarioId,
  campos: [campo],
  evento: { tipo: 'UsuarioAlterado', dados: { usuarioId, campos: [campo] } },
});
