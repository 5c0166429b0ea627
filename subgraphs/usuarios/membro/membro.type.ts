import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Organizacao } from '../organizacao/organizacao.type';
import type { Usuario } from '../usuario/usuario.type';

export const Perfil = { ADMINISTRADOR: 'ADMINISTRADOR' } as const;
export type Perfil = keyof typeof Perfil;

registerEnumType(Perfil, {
  name: 'Perfil',
  description: 'O papel de uma pessoa em uma organização, de que vêm as suas permissões.',
  valuesConfig: {
    ADMINISTRADOR: { description: 'Pode tudo na organização.' },
  },
});

@ObjectType({ description: 'O vínculo de uma pessoa com uma organização.' })
export class Membro {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => Organizacao, { description: 'A organização.' })
  organizacao: Organizacao;

  @Field(() => Perfil, { description: 'O papel da pessoa na organização.' })
  perfil: Perfil;

  @Field(() => Date, { description: 'Desde quando a pessoa pertence à organização.' })
  desde: Date;

  /** Resolved in the graph as `usuario`. */
  usuario: Usuario;
}
