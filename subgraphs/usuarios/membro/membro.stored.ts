import { Prisma } from '../../../prisma/usuarios/client/client';
import type { Membro } from './membro.type';

/** A Membro as it is read: with the person and the organization that it ties together. */
export type MembroRow = {
  readonly id: string;
  readonly ativo: boolean;
  readonly versao: number;
  readonly criadoEm: Date;
  readonly usuarioId: string;
  readonly nome: string;
  readonly email: string;
  readonly organizacaoId: string;
  readonly organizacao: string;
};

export const membroColumns = Prisma.sql`membro.id, membro.ativo, membro.versao, membro.criado_em AS "criadoEm",
  membro.usuario_id AS "usuarioId", usuario.nome, usuario.email, membro.organizacao_id AS "organizacaoId",
  organizacao.nome AS "organizacao"`;

export const membroTables = Prisma.sql`membro
  JOIN usuario ON usuario.id = membro.usuario_id
  JOIN organizacao ON organizacao.id = membro.organizacao_id`;

export const toMembro = ({
  usuarioId,
  nome,
  email,
  organizacaoId,
  organizacao,
  ...vinculo
}: MembroRow): Membro => {
  const membro = { ...vinculo, organizacao: { id: organizacaoId, nome: organizacao } };
  return { ...membro, usuario: { id: usuarioId, nome, email, vinculo: membro } };
};
