import { v7 } from 'uuid';
import type { EventName } from '../catalogue';
import type { CloudEvent } from '../cloud-event';

/** A made-up event, except for what is given; of a type other than ClienteExcluido its data must be. */
export const anEvent = <Name extends EventName = 'ClienteExcluido'>(
  given: Partial<CloudEvent<Name>> = {},
): CloudEvent<Name> => {
  const clienteId = v7();
  return {
    specversion: '1.0',
    id: v7(),
    source: '/teia/clientes',
    type: 'ClienteExcluido',
    subject: `Cliente/${clienteId}`,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { clienteId, definitivo: false },
    sequence: '1',
    sequencetype: 'Integer',
    organizacaoid: v7(),
    correlationid: v7(),
    ...given,
  } as CloudEvent<Name>;
};
