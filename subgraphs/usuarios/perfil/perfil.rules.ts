import { conflict } from '../../../platform/errors';
import type { Perfil } from './perfil.type';

/** They are answered whole, not by pages. */
export const maxPerfis = 200;

/** @throws CodedError CONFLICT for one of the perfis that every organization has. */
export const exigirPerfilProprio = ({ embutido }: Perfil): void => {
  if (embutido === null) return;
  throw conflict('PERFIL_EMBUTIDO', 'Este perfil vem com o sistema e não pode ser alterado nem excluído.');
};

export const nomeOcupado = () =>
  conflict('PERFIL_JA_EXISTE', 'Já existe um perfil com este nome.', [
    { campo: 'dados.nome', mensagem: 'Escolha outro nome.' },
  ]);
