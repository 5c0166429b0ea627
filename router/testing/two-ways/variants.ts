type Path = readonly (string | number)[];

const unknownId = '0193a4de-0000-7000-8000-00000000dead';

const wrongFor = (value: unknown): readonly unknown[] => {
  if (typeof value === 'number') return [null, -1, 1.5, 2 ** 53, 'x'];
  if (typeof value === 'boolean') return [null, 'x'];
  return [null, '', 'não é nada \u{1f41f}', unknownId, '\0', {}];
};

const leaves = (value: unknown, path: Path = []): [Path, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
    : [[path, value]];

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  const inner = copy as Record<string | number, unknown>;
  inner[key] = replaced(inner[key], rest, by);
  return copy;
};

/** The same variables with one thing wrong, or merely different, at a time. */
export const variantsOf = (variables: object): object[] => [
  {},
  { ...variables, desconhecida: 1 },
  ...Object.entries(variables)
    .filter(([, value]) => typeof value === 'object')
    .map(([name, value]) => ({ ...variables, [name]: { ...value, desconhecido: 1 } })),
  ...leaves(variables).flatMap(([path, value]) =>
    wrongFor(value).map((wrong) => replaced(variables, path, wrong) as object),
  ),
];
