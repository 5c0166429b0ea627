import { buildMessage, ValidateBy } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Texto } from '../../../platform/subgraph/input-rules';

const Porcentagem = (): PropertyDecorator =>
  ValidateBy({
    name: 'porcentagem',
    validator: {
      validate: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 100,
      defaultMessage: buildMessage(() => 'Informe de 0 a 100.'),
    },
  });

@InputType()
export abstract class CamposEtapaFunil {
  @Texto({ max: 100 })
  @Field(() => String, { description: 'Nome da etapa; de 1 a 100 caracteres.' })
  nome: string;

  @Porcentagem()
  @Field(() => Int, { description: 'Chance de ganhar uma oportunidade que chegou aqui, de 0 a 100 (%).' })
  probabilidade: number;
}

@InputType({ description: 'Uma nova etapa, que fica no fim do funil.' })
export class CriarEtapaFunilInput extends CamposEtapaFunil {
  @Field(() => ID, { description: 'O funil.' })
  funilId: string;
}

@InputType({ description: 'Uma etapa como deve ficar.' })
export class EditarEtapaFunilInput extends CamposEtapaFunil {
  @Field(() => ID, { description: 'A etapa.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;
}

@InputType({ description: 'Para onde vai uma etapa dentro do seu funil.' })
export class MoverEtapaFunilInput {
  @Field(() => ID, { description: 'A etapa.' })
  id: string;

  @Field(() => ID, {
    nullable: true,
    description: 'A etapa do mesmo funil logo depois da qual fica; nulo a põe no começo.',
  })
  aposId?: string | null;
}

@InputType({ description: 'Qual etapa excluir. Ela só é desativada, e pode ser reativada.' })
export class ExcluirEtapaFunilInput {
  @Field(() => ID, { description: 'A etapa, sem oportunidades abertas.' })
  id: string;
}
