import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import type { Kind } from './kinds';
import type { Matrix, Organizacao } from './world';

export type Place = {
  readonly matrix: Matrix;
  readonly organizacao: Organizacao;
  /** Who makes the things: somebody who may do everything. */
  readonly quem: Caller;
  /** Whose those things are that can have an owner. */
  readonly dono: string | null;
  /** Things of somebody else with which these have to do. */
  readonly jaFeitas?: Readonly<Partial<Record<Kind, string>>>;
};

export type Coisas = Place & {
  /** The id of the thing of a kind among these, made when it is first asked for. */
  readonly um: (kind: Kind) => Promise<string>;
  /** Runs a mutation, and answers the id of what it answers. */
  readonly fazer: (mutation: string, args: object) => Promise<string>;
  /** More of the same, which have nothing to do with these. */
  readonly outras: () => Coisas;
};

/** How a thing of some kind comes to be. */
export type Maker = (coisas: Coisas) => Promise<string>;

/** What every text begins with. */
export const texto = 'Texto';

/** What every address takes. */
export const endereco = { cidade: 'São Paulo', uf: 'SP', cep: '01310100' };

/** Another thing of the kind, that is over: it is not to be found where one is needed that goes on. */
export const encerrada =
  (kind: Kind, excluir: string): Maker =>
  async ({ outras, fazer }) => {
    const id = await outras().um(kind);
    await fazer(excluir, { dados: { id } });
    return id;
  };

/** A thing of the first kind, that something of the second has to do with. */
export const daqui =
  (kind: Kind, porque: Kind): Maker =>
  async ({ um }) => {
    await um(porque);
    return um(kind);
  };

/** An event that a domain could not apply. */
export const eventoMorto =
  (domain: string): Maker =>
  async ({ matrix, organizacao }) => {
    const id = v7();
    await matrix.rowsOf(
      domain,
      `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia,
         envelope, situacao, tentativas, erro, criado_em, atualizado_em)
       VALUES ($1, $2, 'EquipeAlterada', 'Equipe', $1, 1, '{}', 'MORTO', 1, 'CodedError CONFLICT', now(), now())`,
      [id, organizacao.organizacaoId],
    );
    return id;
  };
