import { badUserInput, conflict } from '../../../platform/errors';
import type { Dinheiro } from '../../../platform/values';
import type { EtapaFunil } from '../etapa/etapa.type';
import type { Oportunidade } from './oportunidade.type';

/** Only what is closed can be without its Cliente: see the table's CHECK. */
type OportunidadeAberta = Oportunidade & { readonly clienteId: string };

/** @throws CodedError BAD_USER_INPUT for an amount below zero. */
export const exigirValorPositivo = ({ centavos }: Dinheiro): void => {
  if (centavos >= 0n) return;
  throw badUserInput([{ campo: 'dados.valor.centavos', mensagem: 'Informe um valor de zero em diante.' }]);
};

/** @throws CodedError CONFLICT for what is excluded or was closed already. */
export const exigirAberta: (oportunidade: Oportunidade) => asserts oportunidade is OportunidadeAberta = ({
  ativo,
  situacao,
}) => {
  if (!ativo) throw conflict('OPORTUNIDADE_EXCLUIDA', 'Esta oportunidade foi excluída. Reative-a antes.');
  if (situacao === 'ABERTA') return;
  throw conflict('OPORTUNIDADE_ENCERRADA', 'Esta oportunidade já foi encerrada. Reabra-a antes.');
};

/** @throws CodedError BAD_USER_INPUT when the etapa is not of the Funil. */
export const exigirEtapaDoFunil = ({ funilId }: EtapaFunil, esperado: string): void => {
  if (funilId === esperado) return;
  throw badUserInput(
    [{ campo: 'dados.etapaId', mensagem: 'Esta etapa é de outro funil. Escolha uma do mesmo funil.' }],
    'ETAPA_DE_OUTRO_FUNIL',
  );
};
