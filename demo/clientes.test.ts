import {
  normalizeCep,
  normalizeCnpj,
  normalizeCpf,
  normalizeEmail,
  normalizeTelefone,
} from '../platform/scalars';
import { parseCalendarDate } from '../platform/scalars/calendar-date';
import { fold } from '../platform/text';
import type { UF } from '../platform/values';
import { cidades } from './cidades';
import { type Cliente, gerarClientes } from './clientes';

const clientes = gerarClientes();
const pessoas = clientes.filter(({ dados }) => dados.tipo === 'FISICA');
const empresas = clientes.filter(({ dados }) => dados.tipo === 'JURIDICA');

/** The stretches of CEPs of each state (Correios), by their first five digits. */
const cepsDaUf: Record<UF, readonly (readonly [number, number])[]> = {
  SP: [[1000, 19999]],
  RJ: [[20000, 28999]],
  ES: [[29000, 29999]],
  MG: [[30000, 39999]],
  BA: [[40000, 48999]],
  SE: [[49000, 49999]],
  PE: [[50000, 56999]],
  AL: [[57000, 57999]],
  PB: [[58000, 58999]],
  RN: [[59000, 59999]],
  CE: [[60000, 63999]],
  PI: [[64000, 64999]],
  MA: [[65000, 65999]],
  PA: [[66000, 68899]],
  AP: [[68900, 68999]],
  AM: [
    [69000, 69299],
    [69400, 69899],
  ],
  RR: [[69300, 69399]],
  AC: [[69900, 69999]],
  DF: [
    [70000, 72799],
    [73000, 73699],
  ],
  GO: [
    [72800, 72999],
    [73700, 76799],
  ],
  RO: [[76800, 76999]],
  TO: [[77000, 77999]],
  MT: [[78000, 78899]],
  MS: [[79000, 79999]],
  PR: [[80000, 87999]],
  SC: [[88000, 89999]],
  RS: [[90000, 99999]],
};

/** The area codes of each state (Anatel). */
const dddsDaUf: Record<UF, string> = {
  SP: '11 12 13 14 15 16 17 18 19',
  RJ: '21 22 24',
  ES: '27 28',
  MG: '31 32 33 34 35 37 38',
  PR: '41 42 43 44 45 46',
  SC: '47 48 49',
  RS: '51 53 54 55',
  DF: '61',
  GO: '62 64',
  TO: '63',
  MT: '65 66',
  MS: '67',
  AC: '68',
  RO: '69',
  BA: '71 73 74 75 77',
  SE: '79',
  PE: '81 87',
  AL: '82',
  PB: '83',
  RN: '84',
  CE: '85 88',
  PI: '86 89',
  PA: '91 93 94',
  AM: '92 97',
  RR: '95',
  AP: '96',
  MA: '98 99',
};

const isInUf = (cep: string, uf: UF): boolean =>
  cepsDaUf[uf].some(([from, to]) => Number(cep.slice(0, 5)) >= from && Number(cep.slice(0, 5)) <= to);

test('every call answers the same', () => {
  expect(gerarClientes()).toEqual(clientes);
});

test('70 % are people, 30 % are companies', () => {
  expect(clientes).toHaveLength(240);
  expect(pessoas).toHaveLength(168);
  expect(empresas).toHaveLength(72);
});

test('every document is a valid one of its kind, some of the companies’ with letters', () => {
  for (const { dados } of pessoas) expect(normalizeCpf(dados.documento)).toBe(dados.documento);
  for (const { dados } of empresas) expect(normalizeCnpj(dados.documento)).toBe(dados.documento);
  const withLetters = empresas.filter(({ dados }) => /[A-Z]/.test(dados.documento));
  expect(withLetters.length).toBeGreaterThan(5);
  expect(withLetters.length).toBeLessThan(30);
  for (const { dados } of withLetters) expect(dados.dataNascimento >= '2026-07-01').toBe(true);
});

test('names, documents and e-mails are unique', () => {
  for (const identity of [
    ({ dados }: Cliente) => dados.nome,
    ({ dados }: Cliente) => dados.documento,
    ({ dados }: Cliente) => dados.emails[0],
  ]) {
    expect(new Set(clientes.map(identity)).size).toBe(clientes.length);
  }
});

test('e-mails match the names and belong to nobody', () => {
  for (const { dados } of clientes) {
    const [email = ''] = dados.emails;
    expect(normalizeEmail(email)).toBe(email);
    expect(email).toMatch(/(@example\.(com|org|net)|\.example)$/);
    expect(email).toContain(fold(dados.nome).split(/[^a-z]/)[0]);
  }
});

test('each stretch of CEPs and each area code is one of its state', () => {
  for (const { uf, ddd, ceps, bairros } of cidades) {
    expect(ceps[0] < ceps[1]).toBe(true);
    for (const cep of ceps) expect(isInUf(cep, uf)).toBe(true);
    expect(dddsDaUf[uf].split(' ')).toContain(ddd);
    expect(new Set(bairros).size).toBe(bairros.length);
  }
});

test('city, state, CEP and telephone of a customer agree', () => {
  for (const { dados, enderecos } of clientes) {
    expect([1, 2]).toContain(enderecos.length);
    for (const { cidade, uf, cep, bairro } of enderecos) {
      const known = cidades.find(({ nome }) => nome === cidade)!;
      expect(normalizeCep(cep)).toBe(cep);
      expect(isInUf(cep, uf)).toBe(true);
      expect(cep >= known.ceps[0] && cep <= known.ceps[1]).toBe(true);
      expect(known.bairros).toContain(bairro);
      expect(known.uf).toBe(uf);
      for (const telefone of dados.telefones) {
        expect(normalizeTelefone(telefone)).toBe(telefone);
        expect(telefone.slice(0, 7)).toBe(`+55${known.ddd}90`);
      }
    }
  }
});

test('days of birth and foundation exist and are past', () => {
  for (const { dados } of clientes) {
    expect(parseCalendarDate(dados.dataNascimento)).toBe(dados.dataNascimento);
    expect(dados.dataNascimento < '2026-09-01').toBe(true);
  }
});

test('there is variety: labels, notes, addresses, a few who are excluded', () => {
  const count = (has: (cliente: Cliente) => boolean): number => clientes.filter(has).length;
  expect(count(({ excluido }) => excluido)).toBeGreaterThanOrEqual(5);
  expect(count(({ excluido }) => excluido)).toBeLessThan(15);
  expect(count(({ notas }) => notas.length > 0)).toBeGreaterThan(30);
  expect(count(({ enderecos }) => enderecos.length === 2)).toBeGreaterThan(20);
  expect(count(({ dados }) => dados.etiquetas.includes('Inadimplente'))).toBeGreaterThan(0);
  expect(count(({ temResponsavel }) => !temResponsavel)).toBeGreaterThan(10);
  expect(new Set(clientes.flatMap(({ enderecos }) => enderecos.map(({ uf }) => uf))).size).toBeGreaterThan(
    15,
  );
});

test('names have accents, particles and compound family names', () => {
  const nomes = clientes.map(({ dados }) => dados.nome);
  expect(nomes.filter((nome) => fold(nome) !== nome.toLowerCase()).length).toBeGreaterThan(100);
  expect(nomes).toContain('João da Silva');
  expect(nomes.some((nome) => /Castelo Branco|Villas-Bôas/.test(nome))).toBe(true);
});
