import { conflict } from './errors';

/**
 * Sees to it that there is room for one more thing of a kind of which only so many may be, the excluded ones among them.
 *
 * @param motivo of the refusal, for programs.
 * @param oque the kind, in the plural and in Portuguese.
 * @throws CodedError CONFLICT when there are as many as there may be.
 */
export const exigirVaga = (existentes: number, max: number, motivo: string, oque: string): void => {
  if (existentes < max) return;
  throw conflict(
    motivo,
    `O limite é de ${max} ${oque}, contando o que foi excluído. Em vez de criar mais, reative e altere o que não usa.`,
  );
};
