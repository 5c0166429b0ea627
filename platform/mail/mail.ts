/** A message of plain text in Portuguese. */
export type Message = {
  /** One address, as `normalizeEmail` answers it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

/** Hands a message over to who delivers it; rejects when that fails, and the message may be tried again. */
export type SendMail = (message: Message) => Promise<void>;
