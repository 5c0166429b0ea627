import type { UF } from '../platform/values';

export type Cidade = {
  readonly nome: string;
  readonly uf: UF;
  /** The area code of its telephones (Anatel). */
  readonly ddd: string;
  /** The first and the last CEP of a stretch that lies within the city (Correios). */
  readonly ceps: readonly [string, string];
  readonly bairros: readonly string[];
};

const cidade = (
  uf: UF,
  nome: string,
  ddd: string,
  ceps: readonly [string, string],
  bairros: readonly string[],
): Cidade => ({ nome, uf, ddd, ceps, bairros });

/** Where the demo's customers live, roughly from the largest city to the smallest. */
export const cidades = [
  cidade(
    'SP',
    'São Paulo',
    '11',
    ['01001000', '05899999'],
    ['Pinheiros', 'Vila Mariana', 'Mooca', 'Santana'],
  ),
  cidade(
    'RJ',
    'Rio de Janeiro',
    '21',
    ['20010000', '22799999'],
    ['Tijuca', 'Botafogo', 'Copacabana', 'Méier'],
  ),
  cidade('MG', 'Belo Horizonte', '31', ['30110000', '31899999'], ['Savassi', 'Funcionários', 'Pampulha']),
  cidade('DF', 'Brasília', '61', ['70040000', '70899999'], ['Asa Sul', 'Asa Norte', 'Sudoeste']),
  cidade('BA', 'Salvador', '71', ['40010000', '41899999'], ['Barra', 'Pituba', 'Rio Vermelho', 'Brotas']),
  cidade('CE', 'Fortaleza', '85', ['60010000', '60899999'], ['Aldeota', 'Meireles', 'Messejana']),
  cidade('PR', 'Curitiba', '41', ['80010000', '82899999'], ['Batel', 'Água Verde', 'Santa Felicidade']),
  cidade('PE', 'Recife', '81', ['50010000', '52199999'], ['Boa Viagem', 'Casa Forte', 'Graças']),
  cidade(
    'RS',
    'Porto Alegre',
    '51',
    ['90010000', '91799999'],
    ['Moinhos de Vento', 'Menino Deus', 'Petrópolis'],
  ),
  cidade('SP', 'Campinas', '19', ['13010000', '13099999'], ['Cambuí', 'Taquaral', 'Barão Geraldo']),
  cidade('AM', 'Manaus', '92', ['69005000', '69098999'], ['Adrianópolis', 'Ponta Negra', 'Flores']),
  cidade('PA', 'Belém', '91', ['66010000', '66699999'], ['Nazaré', 'Umarizal', 'Batista Campos']),
  cidade('GO', 'Goiânia', '62', ['74003000', '74899999'], ['Setor Bueno', 'Setor Oeste', 'Jardim América']),
  cidade('SC', 'Florianópolis', '48', ['88010000', '88062999'], ['Trindade', 'Agronômica', 'Campeche']),
  cidade(
    'ES',
    'Vitória',
    '27',
    ['29010000', '29092999'],
    ['Jardim da Penha', 'Praia do Canto', 'Jucutuquara'],
  ),
  cidade('MA', 'São Luís', '98', ['65010000', '65099999'], ['Renascença', 'Calhau', 'Cohama']),
  cidade('RN', 'Natal', '84', ['59010000', '59114999'], ['Tirol', 'Ponta Negra', 'Lagoa Nova']),
  cidade('PB', 'João Pessoa', '83', ['58010000', '58099999'], ['Manaíra', 'Tambaú', 'Bessa']),
  cidade('AL', 'Maceió', '82', ['57010000', '57084999'], ['Pajuçara', 'Ponta Verde', 'Farol']),
  cidade('PI', 'Teresina', '86', ['64000010', '64089999'], ['Jóquei', 'Fátima', 'Ininga']),
  cidade('SE', 'Aracaju', '79', ['49010000', '49097999'], ['Atalaia', 'Jardins', 'Grageru']),
  cidade('MT', 'Cuiabá', '65', ['78005000', '78098999'], ['Goiabeiras', 'Boa Esperança', 'Araés']),
  cidade(
    'MS',
    'Campo Grande',
    '67',
    ['79002000', '79119999'],
    ['Jardim dos Estados', 'Amambaí', 'Tiradentes'],
  ),
  cidade('SP', 'Santos', '13', ['11010000', '11089999'], ['Gonzaga', 'Boqueirão', 'Ponta da Praia']),
  cidade(
    'SP',
    'Ribeirão Preto',
    '16',
    ['14010000', '14099999'],
    ['Jardim Irajá', 'Campos Elíseos', 'Ribeirânia'],
  ),
  cidade('MG', 'Uberlândia', '34', ['38400010', '38412999'], ['Santa Mônica', 'Tibery', 'Fundinho']),
  cidade('MG', 'Juiz de Fora', '32', ['36010000', '36099999'], ['São Mateus', 'Cascatinha', 'Bom Pastor']),
  cidade('PR', 'Londrina', '43', ['86010000', '86089999'], ['Gleba Palhano', 'Higienópolis', 'Aeroporto']),
  cidade('SC', 'Joinville', '47', ['89201000', '89236999'], ['América', 'Anita Garibaldi', 'Glória']),
  cidade('RS', 'Caxias do Sul', '54', ['95010000', '95099999'], ['São Pelegrino', 'Exposição', 'Rio Branco']),
  cidade('RO', 'Porto Velho', '69', ['76801000', '76829999'], ['Olaria', 'Nova Porto Velho', 'Embratel']),
  cidade('TO', 'Palmas', '63', ['77001000', '77022999'], ['Plano Diretor Norte', 'Plano Diretor Sul']),
  cidade('AP', 'Macapá', '96', ['68900010', '68909999'], ['Santa Rita', 'Trem', 'Buritizal']),
  cidade(
    'AC',
    'Rio Branco',
    '68',
    ['69900010', '69919999'],
    ['Bosque', 'Estação Experimental', 'Cadeia Velha'],
  ),
  cidade('RR', 'Boa Vista', '95', ['69301000', '69319999'], ['São Francisco', 'Caçari', 'Mecejana']),
];

/** Names of streets that one finds in most cities. */
export const logradouros = [
  'Rua Sete de Setembro',
  'Rua Quinze de Novembro',
  'Avenida Brasil',
  'Rua Tiradentes',
  'Avenida Getúlio Vargas',
  'Rua São José',
  'Rua Rui Barbosa',
  'Avenida Presidente Vargas',
  'Rua Marechal Deodoro',
  'Rua Dom Pedro II',
  'Rua Santos Dumont',
  'Avenida São João',
  'Rua Duque de Caxias',
  'Praça da Matriz',
  'Rua das Acácias',
  'Travessa da Conceição',
  'Rua Castro Alves',
  'Alameda dos Ipês',
];
