import { cidades } from './cidades';
import { type Endereco, umEndereco } from './enderecos';
import { anotacoes } from './notas';
import { type Pessoa, umaPessoaFisica, umaPessoaJuridica } from './pessoas';
import { createRandom, type Random } from './random';

/** A customer of the demo, with all that belongs to it. */
export type Cliente = {
  readonly dados: Omit<Pessoa, 'email'> & {
    readonly emails: readonly string[];
    readonly telefones: readonly string[];
    readonly etiquetas: readonly string[];
  };
  /** Whether the demo's user takes care of it; otherwise nobody does yet. */
  readonly temResponsavel: boolean;
  readonly enderecos: readonly Endereco[];
  readonly notas: readonly string[];
  readonly excluido: boolean;
};

/** Each costs about three mutations: enough to page through, and a first start that takes seconds. */
const quantidade = 240;

const etiquetas = [
  'Indicação',
  'Residencial',
  'VIP',
  'Pós-venda',
  'Financiamento',
  'Atacado',
  'Inadimplente',
];

const rotulos = { FISICA: ['Casa', 'Chácara'], JURIDICA: ['Matriz', 'Depósito'] } as const;

/** No number in Brazil begins with 90, the prefix of collect calls: nobody is called by mistake. */
const umTelefone = (random: Random, ddd: string): string => `+55${ddd}90${random.text(7, '0123456789')}`;

const repeat = <Item>(times: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: times }, (_, index) => make(index));

/** At most so many, each once. */
const distinct = <Item>(times: number, make: () => Item): Item[] => [...new Set(repeat(times, make))];

const umCliente = (random: Random, { email, ...pessoa }: Pessoa): Cliente => {
  const empresa = pessoa.tipo === 'JURIDICA';
  const cidade = random.pickEarly(cidades);
  const dois = (chance: number): number => (random.chance(chance) ? 2 : 1);
  return {
    dados: {
      ...pessoa,
      emails: [email],
      telefones: repeat(dois(empresa ? 0.5 : 0.2), () => umTelefone(random, cidade.ddd)),
      etiquetas: distinct(random.integer(0, 2), () => random.pickEarly(etiquetas)),
    },
    temResponsavel: random.chance(0.85),
    enderecos: rotulos[pessoa.tipo]
      .slice(0, dois(empresa ? 0.25 : 0.05))
      .map((rotulo) => umEndereco(random, cidade, { rotulo, empresa })),
    notas: random.chance(0.2) ? distinct(dois(0.2), () => random.pick(anotacoes[pessoa.tipo])) : [],
    excluido: random.chance(0.03),
  };
};

/** The customers of the demo, the same at every call: 70 % people, 30 % companies. */
export const gerarClientes = (): Cliente[] => {
  const random = createRandom(1369);
  const taken = new Set<string>();
  const umaPessoa = (fisica: boolean): Pessoa => {
    const pessoa = fisica ? umaPessoaFisica(random) : umaPessoaJuridica(random);
    const { nome, email } = pessoa;
    if (taken.has(nome) || taken.has(email)) return umaPessoa(fisica);
    taken.add(nome).add(email);
    return pessoa;
  };
  return repeat(quantidade, (index) => umCliente(random, umaPessoa(index % 10 < 7)));
};
