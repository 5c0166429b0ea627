import { conflict } from '../../platform/errors';

/** How many there may be, the excluded ones among them: these lists are answered whole, not by pages. */
export const maxUnidades = 500;
export const maxEquipes = 200;

/** How many people an Equipe may have: an event carries all of them. */
export const maxMembros = 500;

/** @throws CodedError CONFLICT when there are as many as there may be. */
export const exigirVaga = (existentes: number, max: number, motivo: string, oque: string): void => {
  if (existentes < max) return;
  throw conflict(
    motivo,
    `O limite é de ${max} ${oque}, contando as excluídas. Reative e altere uma delas em vez de criar outra.`,
  );
};
