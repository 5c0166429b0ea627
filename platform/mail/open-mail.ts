import { join } from 'node:path';
import type { Config } from '../config';
import type { Environment } from '../environment';
import type { OnClose } from '../run-process';
import type { SendMail } from './mail';
import { createMailFolder } from './mail-folder';
import { createSmtpMail } from './smtp-mail';

type Options = {
  readonly config: Pick<Config, 'SMTP_URL' | 'TEIA_EMAIL_REMETENTE'>;
  readonly environment: Environment;
  readonly dataDir: string;
  readonly onStep: (step: string) => void;
  readonly onClose: OnClose;
};

const developmentSender = 'Teia <teia@localhost>';

/** How this process writes to people: by the mail server of the settings, or else to files in `mail/`. */
export const openMail = ({ config, environment, dataDir, onStep, onClose }: Options): SendMail => {
  const sender = config.TEIA_EMAIL_REMETENTE ?? developmentSender;
  if (!config.SMTP_URL) {
    return createMailFolder({ folder: join(dataDir, 'mail'), sender, agora: environment.agora, onStep });
  }
  const { sendMail, close } = createSmtpMail({ url: config.SMTP_URL, sender });
  onClose(async () => close());
  return sendMail;
};
