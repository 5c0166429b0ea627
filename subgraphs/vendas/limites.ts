import { conflict } from '../../platform/errors';

/** How many there may be, the excluded ones among them: these lists are answered whole, not by pages. */
export const maxFunis = 100;
export const maxEtapas = 100;
export const maxMotivosPerda = 100;

/** @throws CodedError CONFLICT when there are as many as there may be. */
export const exigirVaga = (existentes: number, max: number, motivo: string, oque: string): void => {
  if (existentes < max) return;
  throw conflict(
    motivo,
    `O limite é de ${max} ${oque}, contando os excluídos. Reative e altere um deles em vez de criar outro.`,
  );
};
