import type { Caller } from '../../caller';
import type { ConnectionArgs } from '../../pagination/connection';
import { pageRequest } from '../../pagination/page-request';
import { requirePermission } from '../../permissions';
import { type DeadLetterRepository, deadLetterOrder } from './dead-letter.repository';
import { EventoMortoConnection } from './dead-letter.type';

type Dependencies = { readonly caller: Caller | null; readonly eventosMortos: DeadLetterRepository };

/** One page of the organization's dead events, oldest first. */
export const listDeadLetters = async ({ caller, eventosMortos }: Dependencies, page: ConnectionArgs) => {
  requirePermission(caller, 'eventos:administrar');
  const request = pageRequest(page, deadLetterOrder.nome);
  const found = await eventosMortos.listar(request);
  return new EventoMortoConnection(found, { request, order: deadLetterOrder }, eventosMortos.contar);
};
