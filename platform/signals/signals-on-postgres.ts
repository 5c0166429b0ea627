import { createNotifier } from '../db/notifier';
import { onOwnConnection } from '../db/own-connection';
import { logSparingly } from '../log-sparingly';
import type { OpenSignals } from './open-signals';

const lookUpMs = 60_000;

const topicOf = (channel: string): string => `teia_sinal_${channel}`;

/**
 * Signals as notifications of PostgreSQL.
 *
 * @param databaseUrl a database that all who are to hear of them may connect to, as the application's login.
 */
export const signalsOnPostgres = (databaseUrl: string): OpenSignals => {
  const report = logSparingly('signals by PostgreSQL in trouble');
  const notifier = createNotifier(databaseUrl, report);
  return {
    signal: (channel) => notifier.notify(topicOf(channel)).catch(report),
    onSignal: (channel, listener) => {
      const { stop } = onOwnConnection({
        databaseUrl,
        name: 'teia-sinais',
        channel: topicOf(channel),
        work: async ({ notified, signal }) => {
          while (!signal.aborted) {
            const isNotified = await notified(lookUpMs);
            if (isNotified && !signal.aborted) listener();
          }
        },
      });
      return stop;
    },
    close: notifier.close,
  };
};
