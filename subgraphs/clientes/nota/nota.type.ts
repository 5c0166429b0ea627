import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import { Texto } from '../../../platform/subgraph/input-rules';

@Exige('clientes:ler')
@ObjectType({ description: 'Uma anotação sobre um cliente.' })
export class Nota {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'O que foi anotado.' })
  texto: string;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;

  @Field(() => Date, { description: 'Quando foi criada.' })
  criadoEm: Date;

  @Field(() => Date, { description: 'Quando foi alterada pela última vez.' })
  atualizadoEm: Date;

  /** Resolved in the graph as `autor`. */
  autorId: string;
  clienteId: string;
}

export const NotaConnection = connectionOf(Nota, 'Nota');

const texto = 'O que anotar; de 1 a 10.000 caracteres.';

@InputType({ description: 'Uma nova nota.' })
export class AdicionarNotaInput {
  @Field(() => ID, { description: 'O cliente sobre quem é a nota.' })
  clienteId: string;

  @Texto({ max: 10_000 })
  @Field(() => String, { description: texto })
  texto: string;
}

@InputType({ description: 'O novo texto de uma nota.' })
export class EditarNotaInput {
  @Field(() => ID, { description: 'A nota.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 10_000 })
  @Field(() => String, { description: texto })
  texto: string;
}

@InputType({ description: 'Qual nota excluir. Notas são apagadas de vez.' })
export class ExcluirNotaInput {
  @Field(() => ID, { description: 'A nota.' })
  id: string;
}
