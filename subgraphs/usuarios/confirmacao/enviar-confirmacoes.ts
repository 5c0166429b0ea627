import type { Environment } from '../../../platform/environment';
import { logSparingly } from '../../../platform/log-sparingly';
import type { SendMail } from '../../../platform/mail/mail';
import { runWhenCalled } from '../../../platform/run-when-called';
import type { Identity } from '../identidade/context';
import type { ConfirmacaoAEnviar } from './confirmacao.repository';
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

const later = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

/**
 * Sends what waits to be confirmed, in the background, from however many processes. A request only says what is to be
 * sent: whether anything is, and how long that takes, nobody can tell from the answer. The token is made here and only
 * its hash is kept; a message that is tried again bears a new one, and what may have arrived of an earlier attempt is
 * worth nothing. Attempts go on, at growing intervals, until the token would have expired.
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

  const enviar = async (confirmacao: ConfirmacaoAEnviar, token: string): Promise<void> => {
    const { id, dispensada, tentativas } = confirmacao;
    try {
      if (!dispensada) await sendMail(mensagemDe(confirmacao, { appUrl, token }));
    } catch (error) {
      failed(error);
      const waitMs = Math.min(firstWaitMs * 2 ** (tentativas - 1), longestWaitMs);
      await identity.run(({ confirmacoes }) => confirmacoes.adiarEnvio(id, later(agora(), waitMs)));
      return;
    }
    await identity.run(({ confirmacoes }) => confirmacoes.concluirEnvio(id, agora()));
  };

  const { call, stop } = runWhenCalled(
    { everyMs, onError: logSparingly('messages were not looked for') },
    async (signal) => {
      while (!signal.aborted) {
        const token = novoTokenDeEmail();
        const instant = agora();
        const pedido = {
          tokenHash: hashDoTokenDeEmail(token),
          agora: instant,
          ate: later(instant, leaseMs),
        };
        const confirmacao = await identity.run(({ confirmacoes }) => confirmacoes.reivindicar(pedido));
        if (!confirmacao) return;
        await enviar(confirmacao, token);
      }
    },
  );
  return {
    /** There is something new to send. */
    avisar: call,
    stop,
  };
};
