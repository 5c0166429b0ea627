import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../config';
import { temporaryFolder } from '../testing/temporary-folder';
import { openMail } from './open-mail';
import { startSmtpServer } from './testing/smtp-server';

const message = { to: 'ana@exemplo.com', subject: 'Teia: Olá', text: 'https://app/#token=segredo\n' };

const open = (settings: Record<string, string>, dataDir: string) => {
  const steps: string[] = [];
  const opened: (() => Promise<void>)[] = [];
  let second = 0;
  const sendMail = openMail({
    config: readConfig(settings),
    environment: {
      agora: () => new Date(Date.UTC(2026, 10, 22, 12, 0, second++)),
      novoId: () => 'id',
      aleatorio: (bytes) => Buffer.alloc(bytes),
    },
    dataDir,
    onStep: (step) => steps.push(step),
    onClose: (close) => opened.push(close),
  });
  return { sendMail, steps, close: () => Promise.all(opened.map((close) => close())) };
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

describe('openMail', () => {
  it('writes files that only their owner reads, in the order of time, and shows them in the log', async () => {
    const { sendMail, steps } = open({}, folder.path);
    for (const text of ['primeira', 'segunda', 'terceira']) await sendMail({ ...message, text });
    const files = (await readdir(join(folder.path, 'mail'))).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder.path, 'mail', file), 'utf8')));
    expect(texts.map((text) => text.split('\n').at(-1))).toEqual(['primeira', 'segunda', 'terceira']);
    expect(texts[0]).toBe('De: Teia <teia@localhost>\nPara: ana@exemplo.com\nAssunto: Teia: Olá\n\nprimeira');
    const { mode } = await stat(join(folder.path, 'mail', files[0]!));
    expect(mode & 0o777).toBe(0o600);
    expect(steps).toHaveLength(3);
    expect(steps[0]).toContain(files[0]);
    expect(steps[0]).toContain(texts[0]);
  });

  it('sends by the server of the settings, and then writes no file', async () => {
    const server = await startSmtpServer();
    const settings = { SMTP_URL: server.url, TEIA_EMAIL_REMETENTE: 'teia@exemplo.com' };
    const { sendMail, steps, close } = open(settings, join(folder.path, 'outra'));
    await sendMail(message);
    expect(server.received).toMatchObject([{ from: 'teia@exemplo.com', to: ['ana@exemplo.com'] }]);
    expect(steps).toEqual([]);
    await expect(readdir(join(folder.path, 'outra'))).rejects.toMatchObject({ code: 'ENOENT' });
    await close();
    await server.stop();
  });
});
