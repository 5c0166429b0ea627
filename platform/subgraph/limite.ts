import { Directive } from 'type-graphql';
import { readJanela } from '../limits/janela';

type Limite = {
  /** How often the field may be asked for within the window, an alias being one more. */
  readonly max: number;
  /** An integer followed by s, m or h: `1m`. */
  readonly janela: string;
  /** By what it is counted, each apart; whoever did not sign in is counted by the address alone. */
  readonly por: readonly ('IP' | 'USUARIO' | 'ORGANIZACAO')[];
};

/**
 * How often a field may be asked for. The router counts, before anything of the operation is executed; on a field of
 * Mutation it refuses everybody while it cannot count, elsewhere it goes on with what it counts by itself.
 *
 * @throws Error when `janela` is none.
 */
export const Limite = ({ max, janela, por }: Limite): MethodDecorator & PropertyDecorator => {
  if (readJanela(janela) === null) throw new Error(`@Limite: "${janela}" is no window of time, as in 1m`);
  return Directive(`@limite(max: ${max}, janela: "${janela}", por: [${por.join(', ')}])`) as MethodDecorator &
    PropertyDecorator;
};
