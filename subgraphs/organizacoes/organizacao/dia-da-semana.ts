import { registerEnumType } from 'type-graphql';

const nomes = {
  DOMINGO: 'Domingo',
  SEGUNDA: 'Segunda-feira',
  TERCA: 'Terça-feira',
  QUARTA: 'Quarta-feira',
  QUINTA: 'Quinta-feira',
  SEXTA: 'Sexta-feira',
  SABADO: 'Sábado',
} as const;

export type DiaDaSemana = keyof typeof nomes;

const dias = Object.keys(nomes) as DiaDaSemana[];

export const DiaDaSemana = Object.fromEntries(dias.map((dia) => [dia, dia])) as {
  readonly [D in DiaDaSemana]: D;
};

registerEnumType(DiaDaSemana, {
  name: 'DiaDaSemana',
  description: 'Um dia da semana.',
  valuesConfig: Object.fromEntries(dias.map((dia) => [dia, { description: `${nomes[dia]}.` }])),
});
