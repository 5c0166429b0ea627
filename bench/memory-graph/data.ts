import { gerarClientes } from '../../demo/clientes';
import { etapas, produtos } from '../../demo/funil';

const uuid = (kind: number, n: number): string =>
  `0193a4de-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`;

const em = '2026-07-31T15:00:00.000Z';

export const usuarios = Array.from({ length: 10 }, (_, n) => ({
  id: uuid(1, n),
  nome: `Pessoa ${n}`,
  email: `pessoa${n}@example.com`,
}));

const oportunidadesDe = (cliente: number, tipo: keyof typeof produtos) =>
  produtos[tipo].slice(0, 3).map(({ titulo, precos, moeda }, n) => ({
    id: uuid(3, cliente * 3 + n),
    titulo,
    situacao: 'ABERTA',
    valor: { centavos: precos[0] * 100, moeda, formatado: `R$ ${precos[0]},00` },
    etapa: { id: uuid(4, n), nome: etapas[n]!.nome },
    versao: 1,
  }));

/** The customers of the demo with ids, one or two addresses, one note and three open sales each. */
export const clientes = gerarClientes().map(({ dados, enderecos }, n) => {
  const { id } = usuarios[n % usuarios.length]!;
  return {
    ...dados,
    id: uuid(2, n),
    ativo: true,
    versao: 1,
    criadoEm: em,
    atualizadoEm: em,
    responsavel: { id },
    enderecos: enderecos.map((endereco, i) => ({ ...endereco, id: uuid(5, n * 2 + i), versao: 1 })),
    notas: [{ id: uuid(6, n), texto: 'Prefere falar à tarde.', criadoEm: em, autor: { id } }],
    oportunidades: oportunidadesDe(n, dados.tipo),
  };
});
