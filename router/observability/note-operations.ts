import type { ApolloServerPlugin } from '@apollo/server';
import type { RegisteredOperations } from '../documents/registered';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import { noteOf } from './operation-note';

/** Tells the note of each request what Apollo Server learns of its operation; it comes after whoever adds errors. */
export const noteOperations = (registered: RegisteredOperations): ApolloServerPlugin<RouterContext> => ({
  requestDidStart: async ({ contextValue }) => {
    const note = noteOf(contextValue.asking);
    if (!note) return;
    return {
      didResolveSource: async ({ queryHash }) => {
        note.hash = queryHash;
        note.registered = registered.get(queryHash)?.name;
      },
      didResolveOperation: async ({ operation }) => {
        note.name = operation?.name?.value;
        note.type = operation?.operation;
      },
      willSendResponse: async ({ response: { body } }) => {
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        for (const { extensions } of errors) {
          const code = String(extensions?.code);
          note.errors[code] = (note.errors[code] ?? 0) + 1;
        }
      },
    };
  },
});
