import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Alcance, alcances } from '../../../platform/permissions';
import { PerfilEmbutido } from './perfis-embutidos';

/** The same names as values, for the graph. */
export const Alcances = Object.fromEntries(alcances.map((alcance) => [alcance, alcance])) as {
  readonly [Nome in Alcance]: Nome;
};

registerEnumType(Alcances, {
  name: 'Alcance',
  description: 'Até onde vai uma permissão sobre o que tem responsável.',
  valuesConfig: {
    PROPRIOS: { description: 'Só o que é da própria pessoa.' },
    EQUIPE: { description: 'O que é da própria pessoa ou de quem está em uma das suas equipes.' },
    TODOS: { description: 'Tudo o que é da organização, também o que não tem responsável.' },
  },
});

registerEnumType(PerfilEmbutido, {
  name: 'PerfilEmbutido',
  description: 'Os perfis que toda organização tem. O que eles permitem vem com o sistema e não se altera.',
  valuesConfig: {
    ADMINISTRADOR: { description: 'Pode tudo na organização.' },
    GERENTE: { description: 'Cuida de todos os clientes e vendas, das equipes e de quem entra.' },
    VENDEDOR: { description: 'Cuida dos seus clientes e das suas vendas.' },
    ATENDENTE: { description: 'Cuida de todos os clientes, sem ver documentos, e vê as vendas.' },
    FINANCEIRO: { description: 'Vê tudo, também os documentos dos clientes, e nada altera.' },
    LEITURA: { description: 'Vê tudo, menos os documentos dos clientes, e nada altera.' },
  },
});

@ObjectType({ description: 'Uma permissão e até onde ela vai.' })
export class Concessao {
  @Field(() => String, { description: 'A permissão, como `recurso:acao`: `clientes:escrever`.' })
  permissao: string;

  @Field(() => Alcances, { description: 'Até onde ela vai; `TODOS` se a permissão não tem alcance.' })
  alcance: Alcance;
}

@ObjectType({ description: 'Uma permissão que um perfil pode conceder.' })
export class Permissao {
  @Field(() => String, { description: 'Seu código, como `recurso:acao`: `clientes:escrever`.' })
  codigo: string;

  @Field(() => String, { description: 'O que ela permite.' })
  descricao: string;

  @Field(() => Boolean, {
    description: 'Se pode ser concedida só para o que é da pessoa ou das suas equipes.',
  })
  comAlcance: boolean;
}

@ObjectType({ description: 'Um papel na organização: o que podem as pessoas que o têm.' })
export class Perfil {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome do perfil, único na organização.' })
  nome: string;

  @Field(() => PerfilEmbutido, {
    nullable: true,
    description: 'Qual dos perfis de toda organização ele é; nulo se foi criado nela.',
  })
  embutido: PerfilEmbutido | null;

  @Field(() => [Concessao], { description: 'O que ele permite, na ordem de `permissoes`.' })
  concessoes: Concessao[];

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;

  @Field(() => Date, { description: 'Quando foi criado.' })
  criadoEm: Date;
}
