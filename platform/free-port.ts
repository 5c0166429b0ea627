import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The first port from `port` on at which nobody listens on `host`; for 0, one that the system picks. */
export const freePort = async (port: number, host = 'localhost'): Promise<number> => {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
    return (probe.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return freePort(port + 1, host);
  } finally {
    probe.close();
  }
};
