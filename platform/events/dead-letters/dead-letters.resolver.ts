import {
  Arg,
  Args,
  type ClassType,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  Query,
  Resolver,
} from 'type-graphql';
import { ConnectionArgs } from '../../pagination/connection';
import { Exige } from '../../subgraph/access';
import { EventoMortoConnection, ReprocessamentoDeEvento } from './dead-letter.type';
import { listDeadLetters } from './list-dead-letters';
import { replayDeadLetter } from './replay-dead-letter';

type Context = Parameters<typeof listDeadLetters>[0] & Parameters<typeof replayDeadLetter>[0];

/**
 * The root fields by which administrators of a consuming domain see its dead events and ask for another round.
 *
 * @param domain as in the fields' names, `Vendas` in `eventosMortosDeVendas`.
 */
export const deadLettersResolver = (domain: string): ClassType => {
  @InputType(`ReprocessarEventoDe${domain}Input`, { description: 'Qual evento tentar de novo.' })
  class ReprocessarEventoInput {
    @Field(() => ID, { description: 'O evento morto.' })
    id: string;
  }

  @Resolver()
  class DeadLettersResolver {
    @Exige('eventos:administrar')
    @Query(() => EventoMortoConnection, {
      name: `eventosMortosDe${domain}`,
      description: `Os eventos de outros domínios que ${domain} não conseguiu aplicar, do mais antigo ao mais novo; para administradores.`,
    })
    listar(@Args(() => ConnectionArgs) page: ConnectionArgs, @Ctx() context: Context) {
      return listDeadLetters(context, page);
    }

    @Exige('eventos:administrar')
    @Mutation(() => ReprocessamentoDeEvento, {
      name: `reprocessarEventoDe${domain}`,
      description: `Pede que um evento que ${domain} não conseguiu aplicar seja tentado de novo; para administradores.`,
    })
    reprocessar(
      @Arg('dados', () => ReprocessarEventoInput, { description: 'O evento.' }) {
        id,
      }: ReprocessarEventoInput,
      @Ctx() context: Context,
    ) {
      return replayDeadLetter(context, id);
    }
  }
  return DeadLettersResolver;
};
