import type { Caller } from '../../caller';
import type { ConnectionArgs } from '../../pagination/connection';
import { positionOf } from '../../pagination/keyset';
import { toPage } from '../../pagination/page';
import { encodeCursor, pageRequest } from '../../pagination/page-request';
import { requirePermission } from '../../permissions';
import { type DeadLetterRepository, deadLetterOrder } from './dead-letter.repository';
import { EventoMortoConnection } from './dead-letter.type';

type Dependencies = { readonly caller: Caller | null; readonly eventosMortos: DeadLetterRepository };

/** One page of the organization's dead events, oldest first. */
export const listDeadLetters = async ({ caller, eventosMortos }: Dependencies, page: ConnectionArgs) => {
  requirePermission(caller, 'eventos:administrar');
  const request = pageRequest(page, deadLetterOrder.nome);
  return new EventoMortoConnection(
    toPage(await eventosMortos.listar(request), request),
    (evento) => encodeCursor(deadLetterOrder.nome, positionOf(evento, deadLetterOrder)),
    eventosMortos.contar,
  );
};
