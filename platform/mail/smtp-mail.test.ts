import fc from 'fast-check';
import { messagesAtOnce } from './mail';
import { createSmtpMail } from './smtp-mail';
import { startSmtpServer } from './testing/smtp-server';

const sender = 'Clínica São João <clinica@exemplo.com>';
const message = {
  to: 'ana@exemplo.com',
  subject: 'Teia: Redefina a sua senha',
  text: 'Olá, coração: 日本 🍞\n\nhttps://app/#token=abc\n',
};

let server: Awaited<ReturnType<typeof startSmtpServer>>;
let mail: ReturnType<typeof createSmtpMail>;
beforeEach(async () => {
  server = await startSmtpServer();
  mail = createSmtpMail({ url: server.url, sender });
});
afterEach(async () => {
  mail.close();
  await server.stop();
});

describe('createSmtpMail', () => {
  it('delivers plain text from the sender to one address', async () => {
    await mail.sendMail(message);
    expect(server.received).toHaveLength(1);
    const [{ from, to, mail: received }] = server.received as [(typeof server.received)[number]];
    expect({ from, to }).toEqual({ from: 'clinica@exemplo.com', to: ['ana@exemplo.com'] });
    expect(received.from?.value).toEqual([{ name: 'Clínica São João', address: 'clinica@exemplo.com' }]);
    expect(received.text?.trimEnd()).toBe(message.text.trimEnd());
    expect(received.html).toBe(false);
    expect(received.attachments).toEqual([]);
    expect(received.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('hands several over at once, and no more than it may', async () => {
    let [now, most] = [0, 0];
    const counting = await startSmtpServer({
      onMailFrom: (_, __, done) => {
        now += 1;
        most = Math.max(most, now);
        setTimeout(() => {
          now -= 1;
          done();
        }, 300);
      },
    });
    const many = createSmtpMail({ url: counting.url, sender });
    await Promise.all(Array.from({ length: messagesAtOnce + 2 }, () => many.sendMail(message)));
    expect([most, counting.received.length]).toEqual([messagesAtOnce, messagesAtOnce + 2]);
    many.close();
    await counting.stop();
  });

  it('lets nothing in a subject or text become a header, another recipient or the end of the message', async () => {
    const hostile = fc.constantFrom(
      '\r\nBcc: bia@exemplo.com',
      '\nX-Teia: 1',
      '\r\n\r\n<script>',
      '\r\n.\r\nMAIL FROM:<x@exemplo.com>\r\n',
      '\r',
      '\u2028',
      '=?utf-8?q?=0d=0aBcc:_bia@exemplo.com?=',
      'é'.repeat(200),
      '🍞',
      '.',
    );
    const texts = fc.array(hostile, { maxLength: 4 }).map((parts) => `Teia ${parts.join('a')}`);
    await fc.assert(
      fc.asyncProperty(texts, texts, async (subject, text) => {
        const before = server.received.length;
        await mail.sendMail({ to: 'ana@exemplo.com', subject, text });
        expect(server.received).toHaveLength(before + 1);
        const { to, mail: received } = server.received.at(-1)!;
        expect(to).toEqual(['ana@exemplo.com']);
        expect([...received.headers.keys()].sort()).toEqual(
          [
            'auto-submitted',
            'content-language',
            'content-transfer-encoding',
            'content-type',
            'date',
            'from',
            'message-id',
            'mime-version',
            'subject',
            'to',
          ].sort(),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('rejects while nobody answers, without the address, and delivers when somebody does again', async () => {
    await mail.sendMail(message);
    const { port } = server;
    await server.stop();
    const failure: Error = await mail.sendMail(message).then(
      () => new Error('sent'),
      (error) => error,
    );
    expect(failure.message).toMatch(/^the mail server did not take a message/);
    server = await startSmtpServer({}, port);
    await mail.sendMail(message);
    expect(server.received).toHaveLength(1);
  });

  it('does not repeat what a server says of an address that it refuses', async () => {
    const refusing = await startSmtpServer({
      onRcptTo: ({ address }, _session, done) => done(new Error(`no such user: ${address}`)),
    });
    const other = createSmtpMail({ url: refusing.url, sender });
    const failure: Error = await other.sendMail(message).then(
      () => new Error('sent'),
      (error) => error,
    );
    expect(failure.message).toMatch(/55\d|4\d\d/);
    expect(JSON.stringify([failure.message, failure.stack, failure.cause, { ...failure }])).not.toContain(
      'ana@',
    );
    other.close();
    await refusing.stop();
  });

  it('sends no password to a server that offers no encryption', async () => {
    const seen: unknown[] = [];
    const plain = await startSmtpServer({
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => {
        seen.push(auth);
        done(null, { user: 'teia' });
      },
    });
    const other = createSmtpMail({ url: plain.url.replace('//', '//teia:segredo%40@'), sender });
    await expect(other.sendMail(message)).rejects.toThrow(/did not take/);
    expect(seen).toEqual([]);
    expect(plain.received).toEqual([]);
    other.close();
    await plain.stop();
  });
});
