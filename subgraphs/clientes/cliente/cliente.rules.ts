import { badUserInput } from '../../../platform/errors';
import type { Cliente, TipoPessoa } from './cliente.type';

const documentOf: Record<TipoPessoa, { readonly nome: string; readonly length: number }> = {
  FISICA: { nome: 'CPF', length: 11 },
  JURIDICA: { nome: 'CNPJ', length: 14 },
};

/** @throws CodedError BAD_USER_INPUT when a person is given a CNPJ or a company a CPF. */
export const exigirDocumentoDoTipo = ({ tipo, documento }: Pick<Cliente, 'tipo' | 'documento'>): void => {
  const { nome, length } = documentOf[tipo];
  if (documento === null || documento.length === length) return;
  throw badUserInput([
    { campo: 'dados.documento', mensagem: `Informe um ${nome}, que é o documento deste tipo de pessoa.` },
  ]);
};
