import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message, SendMail } from './mail';

type Options = {
  readonly folder: string;
  readonly sender: string;
  readonly agora: () => Date;
  /** Told of each message, token and all, and where it is. */
  readonly onStep: (step: string) => void;
};

const readable = (sender: string, { to, subject, text }: Message): string =>
  `De: ${sender}\nPara: ${to}\nAssunto: ${subject}\n\n${text}`;

/**
 * Shows messages to who develops, in the log and in files, in the place of a mail server: production insists on one.
 * The files' names sort by time.
 */
export const createMailFolder =
  ({ folder, sender, agora, onStep }: Options): SendMail =>
  async (message) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const instant = agora().toISOString().replaceAll(':', '-');
    const file = join(folder, `${instant}-${randomUUID()}.txt`);
    // It holds a token, as a mailbox does.
    const text = readable(sender, message);
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    onStep(`E-mail em ${file}\n${text}`);
  };
