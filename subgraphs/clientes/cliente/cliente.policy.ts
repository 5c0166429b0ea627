import type { Caller } from '../../../platform/caller';
import { type Reach, reachOf } from '../../../platform/reach';

/** Who may do what with which Clientes: those of the reach that is answered. */
export const clientePolicy = (caller: Caller | null) => ({
  podeLer: () => reachOf(caller, 'clientes:ler'),
  podeEscrever: () => reachOf(caller, 'clientes:escrever', 'clientes:ler'),
  podeExcluir: () => reachOf(caller, 'clientes:excluir', 'clientes:ler'),

  /** Whose documents may be seen whole; null for nobody's, which is no reason to refuse the rest. */
  documentosVisiveis: (): Reach | null =>
    caller?.permissoes['clientes:verDocumento']
      ? reachOf(caller, 'clientes:verDocumento', 'clientes:ler')
      : null,
});
