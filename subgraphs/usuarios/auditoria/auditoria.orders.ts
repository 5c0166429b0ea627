import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { RegistroAuditoria } from './auditoria.type';

/** Newest first. */
export const auditoriaOrder: KeysetOrder<RegistroAuditoria> = {
  nome: 'AUDITORIA_EM_DESC',
  column: 'em',
  direction: 'desc',
  kind: 'instant',
};
