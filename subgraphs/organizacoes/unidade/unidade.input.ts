import { Field, ID, InputType, Int } from 'type-graphql';
import { Telefone } from '../../../platform/scalars';
import { Aninhado, Texto } from '../../../platform/subgraph/input-rules';
import { CamposEndereco } from '../../../platform/values';

const nome = 'Nome da unidade; de 1 a 100 caracteres.';

@InputType({ description: 'O endereço de uma unidade, por inteiro.' })
export class EnderecoDaUnidadeInput extends CamposEndereco {}

@InputType({ description: 'Uma nova unidade.' })
export class CriarUnidadeInput {
  @Texto({ max: 100 })
  @Field(() => String, { description: nome })
  nome: string;

  @Aninhado()
  @Field(() => EnderecoDaUnidadeInput, { nullable: true, description: 'Onde fica.' })
  endereco?: EnderecoDaUnidadeInput | null;

  @Field(() => Telefone, { nullable: true, description: 'Telefone da unidade.' })
  telefone?: string | null;
}

@InputType({ description: 'O que mudar em uma unidade; o que for omitido fica como está.' })
export class EditarUnidadeInput {
  @Field(() => ID, { description: 'A unidade.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 100 })
  @Field(() => String, { nullable: true, description: nome })
  nome?: string | null;

  @Aninhado()
  @Field(() => EnderecoDaUnidadeInput, {
    nullable: true,
    description: 'O novo endereço, por inteiro; nulo para ficar sem.',
  })
  endereco?: EnderecoDaUnidadeInput | null;

  @Field(() => Telefone, { nullable: true, description: 'O novo telefone; nulo para ficar sem.' })
  telefone?: string | null;
}

@InputType({ description: 'Qual unidade excluir. Ela só é desativada, e pode ser reativada.' })
export class ExcluirUnidadeInput {
  @Field(() => ID, { description: 'A unidade.' })
  id: string;
}
