import { ArrayMinSize } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Aninhado, NoMaximo, Texto } from '../../../platform/subgraph/input-rules';
import { CamposEtapaFunil } from '../etapa/etapa.input';
import { maxEtapas } from '../limites';

@InputType({ description: 'Uma etapa de um novo funil.' })
export class EtapaNovoFunilInput extends CamposEtapaFunil {}

@InputType({ description: 'Um novo funil, com suas etapas.' })
export class CriarFunilInput {
  @Texto({ max: 100 })
  @Field(() => String, { description: 'Nome do funil; de 1 a 100 caracteres.' })
  nome: string;

  @Aninhado()
  @ArrayMinSize(1, { message: 'Informe ao menos uma etapa.' })
  @NoMaximo(maxEtapas)
  @Field(() => [EtapaNovoFunilInput], { description: 'As etapas, na ordem em que ficam; de 1 a 100.' })
  etapas: EtapaNovoFunilInput[];
}

@InputType({ description: 'O novo nome de um funil.' })
export class EditarFunilInput {
  @Field(() => ID, { description: 'O funil.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 100 })
  @Field(() => String, { description: 'Nome do funil; de 1 a 100 caracteres.' })
  nome: string;
}

@InputType({ description: 'Qual funil excluir. Ele só é desativado, e pode ser reativado.' })
export class ExcluirFunilInput {
  @Field(() => ID, { description: 'O funil, sem oportunidades abertas.' })
  id: string;
}
