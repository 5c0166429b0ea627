import { Matches } from 'class-validator';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';
import { Aninhado } from '../../../platform/subgraph/input-rules';

export const TipoProblemaAuditoria = {
  ALTERADO: 'ALTERADO',
  AUSENTE: 'AUSENTE',
  SELO_ALTERADO: 'SELO_ALTERADO',
  SELO_AUSENTE: 'SELO_AUSENTE',
  TRILHA_ALTERADA: 'TRILHA_ALTERADA',
} as const;
export type TipoProblemaAuditoria = keyof typeof TipoProblemaAuditoria;

registerEnumType(TipoProblemaAuditoria, {
  name: 'TipoProblemaAuditoria',
  description: 'O que está errado na auditoria.',
  valuesConfig: {
    ALTERADO: { description: 'Os registros não são os que foram selados.' },
    AUSENTE: { description: 'Os registros não existem mais.' },
    SELO_ALTERADO: { description: 'Os selos não são os que foram feitos.' },
    SELO_AUSENTE: { description: 'Os selos não existem mais.' },
    TRILHA_ALTERADA: { description: 'Há registros depois do último número dado, que é este.' },
  },
});

@Exige('auditoria:ler')
@ObjectType({ description: 'Algo que está errado na auditoria.' })
export class ProblemaAuditoria {
  @Field(() => TipoProblemaAuditoria, { description: 'O quê.' })
  tipo: TipoProblemaAuditoria;

  @Field(() => Int, {
    description:
      'O número do registro, ou do selo nos problemas de selos; se são vários seguidos, o primeiro.',
  })
  numero: number;

  @Field(() => Int, { description: 'Se são vários seguidos, o número do último; senão, o mesmo.' })
  ateNumero: number;
}

@Exige('auditoria:ler')
@ObjectType({
  description: 'Um selo sobre registros da auditoria e, por ele, sobre todos os selos anteriores.',
})
export class SeloAuditoria {
  @Field(() => Int, { description: 'A partir de 1, sem lacunas.' })
  numero: number;

  @Field(() => String, {
    description:
      'SHA-256 em hexadecimal. Guarde-o fora do sistema e envie-o como `seloConhecido`: quem mudar a história não o pode refazer.',
  })
  hash: string;

  @Field(() => Int, { description: 'O número do último registro selado.' })
  ultimoNumero: number;

  @Field(() => Date, { description: 'Quando foi feito.' })
  seladoEm: Date;
}

@Exige('auditoria:ler')
@ObjectType({ description: 'O que se encontrou ao comparar registros da auditoria com os seus selos.' })
export class VerificacaoAuditoria {
  @Field(() => Boolean, { description: 'Se nada do que foi verificado está errado.' })
  integra: boolean;

  @Field(() => Int, { description: 'Quantos registros foram verificados.' })
  registros: number;

  @Field(() => Int, { description: 'Quantos selos foram verificados.' })
  selos: number;

  @Field(() => Int, {
    description: 'Quantos registros da organização ainda não têm selo; em geral só os dos últimos segundos.',
  })
  naoSelados: number;

  @Field(() => SeloAuditoria, { nullable: true, description: 'O último selo; nulo se ainda não há nenhum.' })
  ultimoSelo: SeloAuditoria | null;

  @Field(() => [ProblemaAuditoria], { description: 'O que está errado, na ordem em que se encontrou.' })
  problemas: ProblemaAuditoria[];

  @Field(() => Int, {
    nullable: true,
    description: 'O `desdeNumero` com que continuar; nulo se a verificação chegou ao fim.',
  })
  proximoNumero: number | null;
}

@InputType({ description: 'Um selo que a organização guardou.' })
export class SeloConhecidoInput {
  @Field(() => Int, { description: 'O seu número.' })
  numero: number;

  @Matches(/^[0-9a-f]{64}$/i, { message: 'Informe os 64 dígitos hexadecimais do selo.' })
  @Field(() => String, { description: 'O seu `hash`: 64 dígitos hexadecimais.' })
  hash: string;
}

@InputType({ description: 'O que verificar da auditoria.' })
export class VerificarAuditoriaInput {
  @Field(() => Int, {
    defaultValue: 1,
    description: 'O número do primeiro registro; até 100.000 são verificados de cada vez.',
  })
  desdeNumero: number;

  @Aninhado()
  @Field(() => SeloConhecidoInput, {
    nullable: true,
    description: 'Um selo guardado: se já não existe como era, a história foi refeita ou cortada.',
  })
  seloConhecido?: SeloConhecidoInput | null;
}
