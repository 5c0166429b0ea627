import { getNamedType, isObjectType } from 'graphql';
import type { Caller } from '../../../platform/caller';
import { granting } from '../../../platform/testing/callers';
import { documentOf, rootField } from './graph';
import type { Kind } from './kinds';
import { clientes } from './makers/clientes';
import { organizacoes } from './makers/organizacoes';
import { usuarios } from './makers/usuarios';
import { vendas } from './makers/vendas';
import type { Coisas, Maker, Place } from './making';
import type { Matrix, Organizacao } from './world';

const makers: Readonly<Record<Kind, Maker>> = { ...clientes, ...organizacoes, ...usuarios, ...vendas };

/** Things that have to do with each other, one of each kind, each made when it is first needed. */
export const novasCoisas = (place: Place): Coisas => {
  const made = new Map(
    Object.entries(place.jaFeitas ?? {}).map(([kind, id]) => [kind as Kind, Promise.resolve(id!)]),
  );
  const fazer: Coisas['fazer'] = async (mutation, args) => {
    const root = rootField(mutation);
    const answered = getNamedType(root.field.type);
    const selection = isObjectType(answered) ? '{ id }' : '';
    const { data, errors } = await place.matrix.ask(place.quem, documentOf(root, args, selection), args);
    if (errors) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
    return (data as Record<string, { id: string }>)[mutation]!.id;
  };
  const um = (kind: Kind): Promise<string> => {
    const id = made.get(kind) ?? makers[kind]({ ...place, um, fazer, outras });
    made.set(kind, id);
    return id;
  };
  const outras = () => novasCoisas(place);
  return { ...place, um, fazer, outras };
};

/** Somebody new in an organization, who may do everything. */
export const alguem = async (matrix: Matrix, organizacao: Organizacao): Promise<Caller> => {
  const { caller } = await organizacao.pessoa();
  return { ...caller, permissoes: granting(), sessaoId: await matrix.novaSessao(caller) };
};

/** New things of somebody new in an organization. */
export const coisasDeAlguem = async (matrix: Matrix, organizacao: Organizacao): Promise<Coisas> => {
  const quem = await alguem(matrix, organizacao);
  return novasCoisas({ matrix, organizacao, quem, dono: quem.usuarioId });
};
