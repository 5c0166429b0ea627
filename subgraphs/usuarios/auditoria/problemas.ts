import type { TipoProblemaAuditoria } from './verificacao.type';

/** What is wrong with records, or with seals, from one number to another. */
export type Problema = {
  readonly tipo: TipoProblemaAuditoria;
  readonly de: bigint;
  readonly ate: bigint;
};

/** Collects problems: the same one of neighbours becomes one, so that they are few even if everything is wrong. */
export const createProblemas = () => {
  const ultimoDe = new Map<TipoProblemaAuditoria, number>();
  const todos: Problema[] = [];
  return {
    todos,
    anotar: (tipo: TipoProblemaAuditoria, de: bigint | number, ate: bigint | number = de): void => {
      const indice = ultimoDe.get(tipo);
      const anterior = indice === undefined ? undefined : todos[indice];
      if (indice !== undefined && anterior && anterior.de <= BigInt(de) && BigInt(de) <= anterior.ate + 1n) {
        todos[indice] = { ...anterior, ate: BigInt(ate) > anterior.ate ? BigInt(ate) : anterior.ate };
        return;
      }
      ultimoDe.set(tipo, todos.push({ tipo, de: BigInt(de), ate: BigInt(ate) }) - 1);
    },
  };
};

export type Problemas = ReturnType<typeof createProblemas>;
