import { z } from 'zod';

const error =
  'deve ser uma lista de origens como https://app.exemplo.com, sem caminho, separadas por vírgulas';

const origin = z
  .url({ protocol: /^https?$/ })
  .transform((url) => new URL(url))
  .refine(({ href, origin }) => href === `${origin}/`)
  .transform((url) => url.origin);

/** Where servers are, as a browser writes it in Origin: `https://app.exemplo.com`, with commas between several. */
export const origins = z
  .string()
  .transform((given) => given.split(',').map((entry) => entry.trim()))
  .refine((entries) => entries.every((entry) => origin.safeParse(entry).success), { error })
  .transform((entries) => [...new Set(entries.map((entry) => origin.parse(entry)))]);
