/** What somebody named in an object, and nothing of what every object has: `constructor` is a name as good as any. */
export const ownValue = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;
