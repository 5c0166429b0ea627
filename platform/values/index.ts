export { type Dinheiro, dividir, formatarDinheiro, somar } from './dinheiro';
export { DinheiroInput, DinheiroType } from './dinheiro.type';
export { CamposEndereco } from './endereco.type';
export { enderecoArrumado } from './endereco-arrumado';
export { Exclusao } from './exclusao.type';
export { Moeda } from './moeda';
export { PageInfo } from './page-info.type';
export { UF } from './uf';
