import nodemailer from 'nodemailer';
import { messagesAtOnce, type SendMail } from './mail';

type Options = {
  /** `smtp://` or `smtps://`, with the credentials if there are any. */
  readonly url: string;
  /** An address, or a name and the address in angle brackets. */
  readonly sender: string;
};

const connectMs = 10_000;
/** Of silence; a message is small. */
const silenceMs = 20_000;
const idleMs = 30_000;

const credentialsOf = ({ username, password }: URL) =>
  username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;

/** What a mail server answers repeats the address; its code does not. */
const withoutAddress = (error: unknown): Error => {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return Object.assign(new Error(`the mail server did not take a message: ${responseCode ?? 'no answer'}`), {
    code,
  });
};

/** Sends messages by a mail server, over connections that are kept open for a while. */
export const createSmtpMail = ({ url, sender }: Options) => {
  const server = new URL(url);
  const secure = server.protocol === 'smtps:';
  const auth = credentialsOf(server);
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: messagesAtOnce,
    idleTimeout: idleMs,
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port ? Number(server.port) : undefined,
    secure,
    // A password never travels in the clear, whatever somebody between us says that the server can do.
    requireTLS: !secure && auth !== undefined,
    auth,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    // The next attempt is somebody else's decision.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  const sendMail: SendMail = async ({ to, subject, text }) => {
    await transport
      .sendMail({
        from: sender,
        // As an object: nothing in it is taken for a list of addresses.
        to: { name: '', address: to },
        subject,
        text,
        textEncoding: 'quoted-printable',
        // No out-of-office reply is wanted (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'pt-BR' },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      .catch((error: unknown) => {
        throw withoutAddress(error);
      });
  };
  return { sendMail, close: () => transport.close() };
};
