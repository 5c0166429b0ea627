import { runInScope } from '../../../platform/db/scope';
import { logSparingly } from '../../../platform/log-sparingly';
import { runEvery } from '../../../platform/run-every';
import { selarAuditoria } from './selar-auditoria';

const aCadaMs = 10_000;

/** Keeps sealing the audit trails in the background, in a role of its own. */
export const iniciarSelagem = (dependencies: Omit<Parameters<typeof selarAuditoria>[0], 'onError'>) => {
  const onError = logSparingly('audit trails were not sealed');
  const stop = runEvery({ everyMs: aCadaMs, onError }, (signal) =>
    runInScope({ role: 'selagem' }, () => selarAuditoria({ ...dependencies, onError }, signal)),
  );
  return { stop };
};
