import type { EventCatalogue, EventName } from './catalogue';

/**
 * An event as it travels: the JSON format of CloudEvents 1.0, with the extension attributes for distributed
 * tracing and sequence, and ours. An event carries ids and field names, never personal values.
 */
export type CloudEvent<Name extends EventName = EventName> = {
  [Type in Name]: {
    readonly specversion: '1.0';
    /** A UUID: the same at each delivery. */
    readonly id: string;
    /** `/teia/<subgraph>` whose change it tells of. */
    readonly source: string;
    readonly type: Type;
    /** `<aggregate type>/<aggregate id>`, for example `Cliente/0190…`. */
    readonly subject: string;
    /** When the change happened: RFC 3339, UTC. */
    readonly time: string;
    readonly datacontenttype: 'application/json';
    readonly data: EventCatalogue[Type];
    /** The event's place in the order of its aggregate, from 1 and without gaps. */
    readonly sequence: string;
    readonly sequencetype: 'Integer';
    readonly organizacaoid: string;
    /** What all events that one request led to have in common. */
    readonly correlationid: string;
    /** The id of the event that led to this one. */
    readonly causationid?: string;
    /** W3C Trace Context of the request that led to it. */
    readonly traceparent?: string;
  };
}[Name];
