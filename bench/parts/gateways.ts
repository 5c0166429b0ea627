import { startGateways } from '../gateways/contestants';
import { installPeers } from '../gateways/peers';
import { interleave, type Settings } from '../measure/interleave';
import { checkSameAnswers } from '../measure/same-answers';
import { operations } from '../operations';
import { compareTable } from '../report';

/** Teia's router beside other gateways, over the same in-memory subgraphs. */
export const benchGateways = async (settings: Settings): Promise<void> => {
  installPeers();
  const { contestants, stop } = await startGateways();
  try {
    await checkSameAnswers(contestants, operations);
    const results = await interleave(contestants, operations, settings);
    for (const [operation, samples] of results) {
      console.log(`\n**${operation}**\n`);
      console.log(
        compareTable(samples, {
          roles: { gateway: 'gateway', subgraphs: 'subgraphs', client: 'client' },
          compared: ['gateway'],
          base: 'Teia, over HTTP',
        }),
      );
    }
    console.log('\nTeia writes a log line for each request, as in production; the others write none.');
  } finally {
    await stop();
  }
};
