import { registerEnumType } from 'type-graphql';

/** The kinds of business that there is a template for. */
export const Segmento = { CLINICA: 'CLINICA', LOJA: 'LOJA', SERVICOS: 'SERVICOS' } as const;
export type Segmento = keyof typeof Segmento;

registerEnumType(Segmento, {
  name: 'Segmento',
  description: 'O tipo de negócio de uma organização; diz o modelo do seu contexto.',
  valuesConfig: {
    CLINICA: { description: 'Clínica ou consultório.' },
    LOJA: { description: 'Loja, física ou pela internet.' },
    SERVICOS: { description: 'Empresa de serviços.' },
  },
});
