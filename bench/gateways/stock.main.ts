import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/*
 * Apollo Server over Apollo's gateway with their defaults, of the versions that Teia's router is made of:
 *
 *   node stock.main.js <supergraph file> <port>
 */
const [, , supergraphFile, port] = process.argv;

const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraphFile!, 'utf8') });
const listen = { port: Number(port), host: '127.0.0.1' };

startStandaloneServer(new ApolloServer({ gateway }), { listen }).catch((error) => {
  console.error(error);
  process.exit(1);
});
