import type { Manifest } from './kubernetes';

type Validate = (this: unknown) => void;
type Model = { readonly prototype: { readonly validate: Validate } };

/** `apps/v1` is a folder of the package, and `v1` that of what has no group. */
const modelOf = ({ apiVersion, kind }: Manifest): Model | undefined =>
  (require(`kubernetes-models/${apiVersion}`) as Readonly<Record<string, Model>>)[kind];

/**
 * What a manifest has that the API of Kubernetes does not take, field by field. Its schemas allow what they do not
 * know, and the API server drops it without a word, so that a misspelt probe is no probe: what a schema never looks at
 * counts as wrong too.
 */
export const problemsOf = (manifest: Manifest): string[] => {
  const model = modelOf(manifest);
  if (!model) return [`there is no ${manifest.kind} in ${manifest.apiVersion}`];
  const seen: { readonly value: object; readonly path: string; readonly keys: Set<string | symbol> }[] = [];
  const watch = <T>(value: T, path: string): T => {
    if (typeof value !== 'object' || value === null) return value;
    const keys = new Set<string | symbol>();
    seen.push({ value, path, keys });
    return new Proxy(value, {
      get: (target, key) => {
        keys.add(key);
        return watch(Reflect.get(target, key), `${path}/${String(key)}`);
      },
    });
  };
  try {
    model.prototype.validate.call(watch(manifest, ''));
  } catch (error) {
    return [(error as Error).message];
  }
  const looked = new Map<string, Set<string | symbol>>();
  for (const { path, keys } of seen) looked.set(path, new Set([...(looked.get(path) ?? []), ...keys]));
  const unknown = seen.flatMap(({ value, path }) =>
    Object.keys(value)
      .filter((key) => !looked.get(path)!.has(key))
      .map((key) => `${path}/${key} is unknown`),
  );
  return [...new Set(unknown)];
};
