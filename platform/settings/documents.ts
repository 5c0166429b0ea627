import { z } from 'zod';

/** Which operations the router executes, and which it knows beforehand. */
export const documentSettings = {
  TEIA_OPERACOES: z
    .enum(['todas', 'somente-registradas'], { error: 'deve ser todas ou somente-registradas' })
    .default('todas'),
  TEIA_MANIFESTO: z
    .string()
    .transform((given) => given.split(',').map((file) => file.trim()))
    .refine((files) => files.every((file) => file !== ''), {
      error: 'deve ser um arquivo, ou vários separados por vírgulas',
    })
    .optional(),
};
