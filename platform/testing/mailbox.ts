import type { Message, SendMail } from '../mail/mail';
import { until } from './until';

/** The page of the front end to which the link in a message leads. */
type Page = 'confirmar-email' | 'aceitar-convite' | 'redefinir-senha';

/** Takes messages instead of a mail server, for a test to read. */
export const createMailbox = () => {
  const messages: Message[] = [];
  const sendMail: SendMail = async (message) => {
    messages.push(message);
  };
  /** The tokens that came to an address so far, for one page, the newest last. */
  const tokensOf = (address: string, page: Page): string[] =>
    messages
      .filter(({ to }) => to === address)
      .flatMap(({ text }) => new RegExp(`/${page}#token=([\\w-]{43})$`, 'm').exec(text)?.[1] ?? []);
  return {
    sendMail,
    messages,
    tokensOf,
    /** Waits for the first token that comes to an address for a page, after those that were seen before. */
    nextToken: (address: string, page: Page, seen = 0): Promise<string> =>
      until(() => tokensOf(address, page)[seen] ?? false),
  };
};

export type Mailbox = ReturnType<typeof createMailbox>;
