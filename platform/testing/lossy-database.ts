import { connect, createServer, type Socket } from 'node:net';
import { databaseUrl } from '../db/provision';

type Loss = {
  /** Text of the statement at which the connection is lost, once. */
  readonly statement: string;
  /** Before the server gets it, or after it answered to it, unheard. */
  readonly when: 'before' | 'after';
};

/** A way to a database on which a connection can be lost at the worst moment. */
export const createLossyDatabase = async (url: string) => {
  const { hostname, port, pathname } = new URL(url);
  let loss: Loss | null = null;
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let unheard = false;
    // The end of one is the end of the other, whatever the reason.
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', end);
    }
    client.on('data', (data) => {
      if (loss && data.includes(loss.statement)) {
        if (loss.when === 'before') client.destroy();
        unheard = loss.when === 'after';
        loss = null;
      }
      if (!client.destroyed) upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (unheard) client.destroy();
      else client.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const lossy = new URL(databaseUrl(url, decodeURI(pathname.slice(1))));
  lossy.hostname = '127.0.0.1';
  lossy.port = String((server.address() as { port: number }).port);
  return {
    url: lossy.href,
    lose: (given: Loss) => {
      loss = given;
    },
    /** Whether the loss is still to come. */
    isPending: () => loss !== null,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
