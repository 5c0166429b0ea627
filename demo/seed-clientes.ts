import type { Cliente } from './clientes';
import type { GraphSession } from './graph-session';

/** Registers the customers, and answers their ids. */
export const criarClientes = (
  { once }: GraphSession,
  clientes: readonly Cliente[],
  usuarioId: string,
): Promise<string[]> => {
  const novos = clientes.map(({ dados, temResponsavel }) => ({
    ...dados,
    responsavelId: temResponsavel ? usuarioId : null,
  }));
  return once('cliente', 'criarCliente', novos);
};

/** Adds to the customers what belongs to them, and excludes those who are to be. */
export const completarClientes = async (
  { once }: GraphSession,
  clientes: readonly Cliente[],
  ids: readonly string[],
): Promise<void> => {
  const ofEach = <Part>(partsOf: (cliente: Cliente, clienteId: string) => readonly Part[]): Part[] =>
    clientes.flatMap((cliente, index) => partsOf(cliente, ids[index]!));

  const enderecos = ofEach(({ enderecos }, clienteId) => enderecos.map((one) => ({ ...one, clienteId })));
  await once('endereco', 'adicionarEndereco', enderecos);
  const notas = ofEach(({ notas }, clienteId) => notas.map((texto) => ({ texto, clienteId })));
  await once('nota', 'adicionarNota', notas);
  const excluidos = ofEach(({ excluido }, id) => (excluido ? [{ id }] : []));
  await once('exclusao', 'excluirCliente', excluidos);
};
