import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { UsuariosContext } from '../context';
import { auditoriaOrder } from './auditoria.orders';
import { type AuditoriaFiltro, RegistroAuditoriaConnection } from './auditoria.type';

type Dependencies = Pick<UsuariosContext, 'auditoriaPolicy' | 'auditoria'>;

/** One page of the organization's audit trail, newest first. */
export const listarAuditoria = async (
  { auditoriaPolicy, auditoria }: Dependencies,
  filtro: AuditoriaFiltro,
  page: ConnectionArgs,
) => {
  auditoriaPolicy.podeLer();
  const request = pageRequest(page, auditoriaOrder.nome);
  const found = await auditoria.listar(filtro, request);
  return new RegistroAuditoriaConnection(found, { request, order: auditoriaOrder }, () =>
    auditoria.contar(filtro),
  );
};
