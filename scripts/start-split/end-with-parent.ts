import { Socket } from 'node:net';

// Loaded ahead of a service. The process that started it holds the other end of this pipe and never writes:
// when that process is gone, however it went, the service ends as if asked to.
const parent = new Socket({ fd: 3 });
parent.once('close', () => process.kill(process.pid, 'SIGTERM'));
parent.resume().unref();
