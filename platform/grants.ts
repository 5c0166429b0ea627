import { z } from 'zod';
import { alcances, type Permissoes } from './permissions';

/** What a token says that its bearer may do. One of a newer version may name permissions that this one does not know. */
export const grants = z.record(z.string(), z.enum(alcances)).transform((granted): Permissoes => granted);
