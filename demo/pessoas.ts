import { cnpjCheckDigits, cpfCheckDigits } from '../platform/scalars';
import { fold } from '../platform/text';
import { nomesFantasia, prenomes, ramos, sobrenomes, tiposSocietarios } from './nomes';
import type { Random } from './random';

/** What tells one customer from the others. */
export type Pessoa = {
  readonly tipo: 'FISICA' | 'JURIDICA';
  readonly nome: string;
  readonly documento: string;
  readonly email: string;
  readonly dataNascimento: string;
};

const digits = '0123456789';
const letters = 'ABCDEGHJKLMNPRSTVWXYZ';

/** Reserved by RFC 2606: they belong to nobody, and no mail reaches anybody. */
const dominios = ['example.com', 'example.org', 'example.net'];

const withoutParticles = (nome: string): string => nome.replace(/ (?:da|de|do|dos) /g, ' ');

const slug = (nome: string, separator: string): string =>
  fold(nome)
    .replaceAll("'", '')
    .replace(/[^a-z\d]+/g, separator);

const dia = (random: Random, anos: readonly [number, number], meses: readonly [number, number] = [1, 12]) => {
  const [ano, mes, diaDoMes] = [random.integer(...anos), random.integer(...meses), random.integer(1, 28)];
  return [ano, mes, diaDoMes].map((part) => String(part).padStart(2, '0')).join('-');
};

/** A person, with one family name or two. */
export const umaPessoaFisica = (random: Random): Pessoa => {
  const prenome = random.pickEarly(prenomes);
  const ultimo = random.pickEarly(sobrenomes);
  const penultimo = random.pickEarly(sobrenomes);
  const nome = [prenome, ...(random.chance(0.3) || penultimo === ultimo ? [] : [penultimo]), ultimo].join(
    ' ',
  );
  const base = random.text(9, digits);
  return {
    tipo: 'FISICA',
    nome,
    documento: base + cpfCheckDigits(base),
    email: `${slug(withoutParticles(nome), '.')}@${random.pick(dominios)}`,
    dataNascimento: dia(random, [1948, 2006]),
  };
};

/** A company; the youngest have the alphanumeric CNPJ that is given out since July 2026. */
export const umaPessoaJuridica = (random: Random): Pessoa => {
  const nome = `${random.pick(ramos)} ${random.pick(nomesFantasia)}`;
  const alphanumeric = random.chance(0.15);
  const raiz = alphanumeric
    ? random.text(2, digits) + random.text(3, letters) + random.text(3, digits)
    : random.text(8, digits);
  const base = `${raiz}0001`;
  return {
    tipo: 'JURIDICA',
    nome: `${nome} ${random.pickEarly(tiposSocietarios)}`,
    documento: base + cnpjCheckDigits(base),
    email: `contato@${slug(nome, '-')}.example`,
    dataNascimento: alphanumeric ? dia(random, [2026, 2026], [7, 8]) : dia(random, [1968, 2025]),
  };
};
