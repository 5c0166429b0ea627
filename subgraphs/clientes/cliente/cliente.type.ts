import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { CalendarDate, Documento, Email, Telefone } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';

export const TipoPessoa = { FISICA: 'FISICA', JURIDICA: 'JURIDICA' } as const;
export type TipoPessoa = keyof typeof TipoPessoa;

registerEnumType(TipoPessoa, {
  name: 'TipoPessoa',
  description: 'Se o cliente é uma pessoa física ou jurídica.',
  valuesConfig: {
    FISICA: { description: 'Pessoa física, identificada por CPF.' },
    JURIDICA: { description: 'Pessoa jurídica, identificada por CNPJ.' },
  },
});

@Directive('@key(fields: "id")')
@Exige('clientes:ler')
@ObjectType({ description: 'Quem compra da organização, ou pode vir a comprar.' })
export class Cliente {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => TipoPessoa, { description: 'Pessoa física ou jurídica.' })
  tipo: TipoPessoa;

  @Field(() => String, { description: 'Nome da pessoa ou razão social.' })
  nome: string;

  @Field(() => Documento, {
    nullable: true,
    description:
      'CPF (pessoa física) ou CNPJ (jurídica), sem pontuação. Único na organização. Sem `clientes:verDocumento` vem mascarado, como `***.456.789-**` ou `**.345.678/****-**`, e não pode ser alterado.',
  })
  documento: string | null;

  @Field(() => [Email], { description: 'E-mails; o primeiro é o principal.' })
  emails: string[];

  @Field(() => [Telefone], { description: 'Telefones em E.164; o primeiro é o principal.' })
  telefones: string[];

  @Field(() => CalendarDate, { nullable: true, description: 'Data de nascimento ou de fundação.' })
  dataNascimento: string | null;

  @Field(() => Boolean, { description: 'Falso quando foi excluído e pode ser reativado.' })
  ativo: boolean;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;

  @Field(() => Date, { description: 'Quando foi criado.' })
  criadoEm: Date;

  @Field(() => Date, { description: 'Quando foi alterado pela última vez.' })
  atualizadoEm: Date;

  /** Resolved in the graph as `responsavel`. */
  responsavelId: string | null;

  /** The name without accents and case, by which lists are ordered. */
  nomeOrdem: string;
}

export const ClienteConnection = connectionOf(Cliente, 'Cliente');
