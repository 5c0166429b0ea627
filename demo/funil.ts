/** The name of the funnel once the demo is complete, and until then. */
export const nomesDoFunil = {
  pronto: 'Funil de Vendas',
  emPreparo: 'Funil de Vendas (demonstração em preparo)',
} as const;

export const etapas = [
  { nome: 'Primeiro contato', probabilidade: 10 },
  { nome: 'Visita técnica', probabilidade: 30 },
  { nome: 'Proposta enviada', probabilidade: 50 },
  { nome: 'Negociação', probabilidade: 70 },
  { nome: 'Contrato em assinatura', probabilidade: 90 },
];

export const motivosPerda = [
  { nome: 'Preço', observacao: 'Achou o investimento alto para o momento.' },
  { nome: 'Prazo de instalação', observacao: 'Precisava do sistema funcionando neste mês.' },
  { nome: 'Escolheu um concorrente', observacao: 'Fechou com uma empresa do bairro.' },
  { nome: 'Sem orçamento', observacao: 'Volta a falar conosco no ano que vem.' },
  { nome: 'Desistiu do projeto', observacao: 'Vai se mudar e não quer mais investir no imóvel.' },
  { nome: 'Telhado inadequado', observacao: 'A estrutura não aguenta o peso dos painéis.' },
];

type Produto = {
  readonly titulo: string;
  /** The lowest and the highest price, in whole units of the currency. */
  readonly precos: readonly [number, number];
  readonly moeda: 'BRL' | 'USD';
};

const produto = (
  titulo: string,
  precos: readonly [number, number],
  moeda: Produto['moeda'] = 'BRL',
): Produto => ({
  titulo,
  precos,
  moeda,
});

/** What a company for solar energy sells, the most asked for first. */
export const produtos: Readonly<Record<'FISICA' | 'JURIDICA', readonly Produto[]>> = {
  FISICA: [
    produto('Sistema solar residencial de 5 kWp', [19_500, 26_800]),
    produto('Sistema solar residencial de 3 kWp', [13_900, 17_600]),
    produto('Plano anual de manutenção', [890, 1_750]),
    produto('Sistema solar residencial de 8 kWp', [31_000, 41_500]),
    produto('Limpeza e inspeção dos painéis', [380, 920]),
    produto('Aquecimento solar para piscina', [6_200, 11_900]),
    produto('Carregador para carro elétrico', [4_900, 8_700]),
    produto('Bateria para falta de energia', [17_800, 34_000]),
  ],
  JURIDICA: [
    produto('Usina solar de 50 kWp', [178_000, 236_000]),
    produto('Contrato de manutenção preventiva', [12_000, 36_000]),
    produto('Usina solar de 75 kWp', [258_000, 339_000]),
    produto('Inversores importados sob encomenda', [8_400, 45_000], 'USD'),
    produto('Migração para o mercado livre de energia', [24_000, 61_000]),
    produto('Cobertura solar para o estacionamento', [88_000, 162_000]),
    produto('Recarga para a frota elétrica', [37_000, 79_000]),
    produto('Usina solar de 150 kWp', [519_000, 684_000]),
  ],
};
