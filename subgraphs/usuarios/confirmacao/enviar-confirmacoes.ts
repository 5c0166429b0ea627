import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../../platform/environment';
import { logSparingly } from '../../../platform/log-sparingly';
import { messagesAtOnce, type SendMail } from '../../../platform/mail/mail';
import { runWhenCalled } from '../../../platform/run-when-called';
import type { Identity } from '../identidade/context';
import type { ConfirmacaoAEnviar, TipoDeConfirmacao } from './confirmacao.repository';
import { mensagemDe } from './mensagens';
import { hashDoTokenDeEmail, novoTokenDeEmail } from './token-de-email';

type Dependencies = {
  readonly identity: Pick<Identity, 'run'>;
  readonly sendMail: SendMail;
  readonly agora: Environment['agora'];
  /** The front end's address. */
  readonly appUrl: string;
  /** The wait after the first failure, in milliseconds; after each it doubles. */
  readonly firstWaitMs?: number;
  /** How long to wait for a call before looking without one, in milliseconds. */
  readonly everyMs?: number;
};

/** More than an attempt takes, with a mail server that lets each of its timeouts pass. */
const leaseMs = 120_000;
const longestWaitMs = 6 * 60 * 60 * 1000;

/** Of those that are due: nobody who is locked out waits for what others have sent. */
const ordem: readonly TipoDeConfirmacao[] = ['SENHA', 'REGISTRO', 'CONVITE'];

/** What a message is taken to last, in milliseconds, until one was sent. */
const usualMs = 200;
const longestUsualMs = 10_000;

const later = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

/**
 * Sends what waits to be confirmed, in the background, from however many processes. A request only says what is to be
 * sent: whether anything is, and how long that takes, nobody can tell from the answer. The token is made here and only
 * its hash is kept; a message that is tried again bears a new one, and what may have arrived of an earlier attempt is
 * worth nothing. Attempts go on, at growing intervals, until the token would have expired. Several are sent at once,
 * and a message that is of no use takes the time of another: when one's own arrives does not tell whether what was
 * asked for before it was sent.
 */
export const startConfirmacoes = ({
  identity,
  sendMail,
  agora,
  appUrl,
  firstWaitMs = 15_000,
  everyMs = 5_000,
}: Dependencies) => {
  const failed = logSparingly('a message could not be sent');
  const onError = logSparingly('messages were not looked for');
  const underWay = new Set<Promise<void>>();
  let lastMs = usualMs;

  const entregar = async (confirmacao: ConfirmacaoAEnviar, token: string): Promise<void> => {
    const from = performance.now();
    try {
      await sendMail(mensagemDe(confirmacao, { appUrl, token }));
    } finally {
      lastMs = Math.min(performance.now() - from, longestUsualMs);
    }
  };

  const enviar = async (confirmacao: ConfirmacaoAEnviar, token: string, signal: AbortSignal) => {
    try {
      if (confirmacao.dispensada) await sleep(lastMs, undefined, { signal, ref: false }).catch(() => {});
      else await entregar(confirmacao, token);
    } catch (error) {
      failed(error);
      const waitMs = Math.min(firstWaitMs * 2 ** (confirmacao.tentativas - 1), longestWaitMs);
      await identity.run(({ confirmacoes }) => confirmacoes.adiarEnvio(confirmacao, later(agora(), waitMs)));
      return;
    }
    await identity.run(({ confirmacoes }) => confirmacoes.concluirEnvio(confirmacao, agora()));
  };

  const reivindicar = async (tokenHash: string): Promise<ConfirmacaoAEnviar | null> => {
    for (const tipo of ordem) {
      const instant = agora();
      const pedido = { tipo, tokenHash, agora: instant, ate: later(instant, leaseMs) };
      const confirmacao = await identity.run(({ confirmacoes }) => confirmacoes.reivindicar(pedido));
      if (confirmacao) return confirmacao;
    }
    return null;
  };

  // A round ends when nothing is left to take, not when all is sent: what is new does not wait for what is slow.
  const { call, stop } = runWhenCalled({ everyMs, onError }, async (signal) => {
    for (;;) {
      if (underWay.size >= messagesAtOnce) await Promise.race(underWay);
      if (signal.aborted) return;
      const token = novoTokenDeEmail();
      const confirmacao = await reivindicar(hashDoTokenDeEmail(token));
      if (!confirmacao) return;
      const envio: Promise<void> = enviar(confirmacao, token, signal)
        .catch(onError)
        .finally(() => underWay.delete(envio));
      underWay.add(envio);
    }
  });
  return {
    /** There is something new to send. */
    avisar: call,
    /** Waits for the messages that are being sent. */
    stop: async () => {
      await stop();
      await Promise.all(underWay);
    },
  };
};
