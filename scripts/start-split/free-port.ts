import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The first port from `port` on that nobody listens on; for 0, one that the system picks. */
export const freePort = async (port: number): Promise<number> => {
  const probe = createServer();
  try {
    await once(probe.listen(port, 'localhost'), 'listening');
    return (probe.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return freePort(port + 1);
  } finally {
    probe.close();
  }
};
