import { isIP } from 'node:net';
import type { CloudEvent } from '../../../platform/events/cloud-event';
import type { AuditoriaRepository } from './auditoria.repository';

type Transaction = { readonly auditoria: Pick<AuditoriaRepository, 'acrescentar'> };

/** An address with a zone (`fe80::1%eth0`) is one to Node.js, and none to PostgreSQL. */
const isAddress = (ip: string): boolean => isIP(ip) !== 0 && !ip.includes('%');

/** Adds what any domain did to the audit trail, once however often it is told. An address that is none is left out. */
export const guardarRegistro = (
  { auditoria }: Transaction,
  { id, source, time, data }: CloudEvent<'RegistroDeAuditoria'>,
): Promise<void> =>
  auditoria.acrescentar({
    ...data,
    ip: data.ip && isAddress(data.ip) ? data.ip : null,
    id,
    dominio: source.replace('/teia/', ''),
    em: time,
  });
