import { Field, InputType, ObjectType } from 'type-graphql';
import { CEP } from '../scalars/cep.scalar';
import { Texto } from '../subgraph/input-rules';
import { UF } from './uf';

/**
 * The fields of an address in Brazil, for values and for inputs. A domain's own type or input extends
 * them; they are no type of the graph themselves, because an address that can be edited is an entity of
 * the domain that owns it, and a shared type could not have its id.
 */
@ObjectType()
@InputType()
export abstract class CamposEndereco {
  @Texto({ max: 200 })
  @Field(() => String, { description: 'Rua, avenida, praça ou outro logradouro; até 200 caracteres.' })
  logradouro: string;

  @Texto({ min: 0, max: 20 })
  @Field(() => String, {
    nullable: true,
    description: 'Número no logradouro, por exemplo `1578`, `120-B` ou `S/N`; até 20 caracteres.',
  })
  numero?: string | null;

  @Texto({ min: 0, max: 100 })
  @Field(() => String, {
    nullable: true,
    description: 'Apartamento, sala, bloco ou ponto de referência; até 100 caracteres.',
  })
  complemento?: string | null;

  @Texto({ min: 0, max: 100 })
  @Field(() => String, { nullable: true, description: 'Bairro; até 100 caracteres.' })
  bairro?: string | null;

  @Texto({ max: 100 })
  @Field(() => String, { description: 'Município; até 100 caracteres.' })
  cidade: string;

  @Field(() => UF, { description: 'Unidade da Federação.' })
  uf: UF;

  @Field(() => CEP, { description: 'Código de Endereçamento Postal: 8 algarismos.' })
  cep: string;
}
