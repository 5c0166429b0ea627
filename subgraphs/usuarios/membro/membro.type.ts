import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { Organizacao } from '../organizacao/organizacao.type';
import type { Usuario } from '../usuario/usuario.type';

@ObjectType({ description: 'O vínculo de uma pessoa com uma organização.' })
export class Membro {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => Organizacao, { description: 'A organização.' })
  organizacao: Organizacao;

  @Field(() => Boolean, { description: 'Falso quando a pessoa não pode mais entrar na organização.' })
  ativo: boolean;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao alterar.' })
  versao: number;

  @Field(() => Date, { name: 'desde', description: 'Desde quando a pessoa pertence à organização.' })
  criadoEm: Date;

  /** Resolved in the graph as `usuario`. */
  usuario: Usuario;
}

export const MembroConnection = connectionOf(Membro, 'Membro');

@InputType({ description: 'Quais pessoas da organização listar.' })
export class MembroFiltro {
  @Field(() => Boolean, { defaultValue: true, description: 'Ativas (verdadeiro) ou desativadas (falso).' })
  ativo: boolean;
}
