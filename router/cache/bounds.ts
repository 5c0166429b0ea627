/** What is kept of one kind; each kind has places of its own, so that who fills one takes nothing from the other. */
export type Kind = {
  readonly name: string;
  /** What is longer is not kept, in bytes: who asks does not decide how much memory a router needs. */
  readonly longest: number;
  /** Of all together in the memory of one process, in characters. */
  readonly total: number;
};

export const answers: Kind = { name: 'respostas', longest: 64 * 1024, total: 30_000_000 };

/** Anybody may register one. Whoever sends a longer one sends it again each time. */
export const texts: Kind = { name: 'textos', longest: 10 * 1024, total: 10_000_000 };
