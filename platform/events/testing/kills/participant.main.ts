import { createRandom } from './random';
import { report } from './report';
import { destino, type ParticipantSettings, tuning } from './settings';

const { role, seed, clientesUrl, vendasUrl, store, organizations }: ParticipantSettings = JSON.parse(
  process.argv[2] ?? '',
);
const random = createRandom(seed);
const does = (part: typeof role) => role === part || role === 'all';

/** Loads only what the role needs: starting anew is most of what a killed process costs. */
const start = async (): Promise<void> => {
  if (does('producer')) (await import('./produce')).startProducing(clientesUrl, organizations, random);
  if (role === 'producer') return;
  const [{ createEventQueues }, { watchedQueues }] = await Promise.all([
    import('../../queues'),
    import('./watched-queues'),
  ]);
  const queues = watchedQueues(createEventQueues(store, tuning));
  if (does('relay')) {
    (await import('../../relay')).startRelay({
      subgraph: 'clientes',
      databaseUrl: clientesUrl,
      queues,
      consumers: { [destino]: ['ClienteCriado', 'ClienteAtualizado', 'RegistroDeAuditoria'] },
    });
  }
  if (does('consumer')) (await import('./consume')).startConsuming(vendasUrl, queues, random);
};

// It lives until it is killed, or until nobody is there any more who would kill it.
process.stdin.resume().on('end', () => process.exit());
void start().then(() => report('ready'));
