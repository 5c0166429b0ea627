/** A message of plain text in Portuguese. */
export type Message = {
  /** One address, as `normalizeEmail` answers it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** How many messages a process hands over at once; each takes a connection to the mail server. */
export const messagesAtOnce = 5;

/** Hands a message over to who delivers it; rejects when that fails, and the message may be tried again. */
export type SendMail = (message: Message) => Promise<void>;
