const longest = 200;

/** The kind of a failure, as anybody may see it: its class, code and business reason, never a value that it quotes. */
export const failureKind = (error: unknown): string => {
  if (!(error instanceof Error)) return 'Error';
  const { name, code, extensions } = error as Error & {
    readonly code?: unknown;
    readonly extensions?: { readonly motivo?: unknown };
  };
  const parts = [code && name === 'Error' ? null : name, code, extensions?.motivo];
  return parts
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
    .slice(0, longest);
};
