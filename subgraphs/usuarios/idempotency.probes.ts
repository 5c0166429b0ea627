import { randomUUID } from 'node:crypto';
import type { MutationProbes } from '../testing/idempotency/probes';
import { callerOf } from './testing/sessoes';
import { senha } from './testing/start-usuarios';

export default {
  sair: async ({ fazer }) => {
    const dados = { organizacao: 'Digitado', nome: 'Digitado', email: `${randomUUID()}@exemplo.com`, senha };
    const { tokenAcesso } = await fazer('registrarOrganizacao', { dados }, null);
    return { args: {}, recusados: null, caller: callerOf(tokenAcesso) };
  },
} satisfies MutationProbes;
