/** Currencies (ISO 4217). Each has hundredths: what `centavos` counts. */
export const Moeda = { BRL: 'BRL', USD: 'USD', EUR: 'EUR' } as const;
export type Moeda = keyof typeof Moeda;
