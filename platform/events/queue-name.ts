/** The queue of a domain, as its store knows it. */
export const queueName = (destino: string): string => `teia-${destino}`;
