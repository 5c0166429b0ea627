import { cpfCheckDigits } from '../../../../platform/scalars';
import type { Kind } from '../kinds';
import { daqui, encerrada, endereco, eventoMorto, type Maker, texto } from '../making';

let cpfs = 0;
/** Another CPF each time, all beginning with 1000. */
const novoCpf = (): string => {
  cpfs += 1;
  const base = `1000${String(cpfs).padStart(5, '0')}`;
  return base + cpfCheckDigits(base);
};

/** How things of clientes come to be. */
export const clientes = {
  cliente: ({ fazer, dono }) =>
    fazer('criarCliente', {
      dados: {
        tipo: 'FISICA',
        nome: `${texto} Cliente`,
        documento: novoCpf(),
        emails: [`${texto}@exemplo.com`],
        telefones: ['(11) 98765-4321'],
        etiquetas: [texto],
        dataNascimento: '1980-02-29',
        responsavelId: dono,
      },
    }),
  clienteExcluido: encerrada('cliente', 'excluirCliente'),
  endereco: async ({ um, fazer }) =>
    fazer('adicionarEndereco', {
      dados: {
        ...endereco,
        clienteId: await um('cliente'),
        logradouro: texto,
        numero: texto,
        complemento: texto,
        bairro: texto,
        rotulo: texto,
      },
    }),
  nota: async ({ um, fazer }) => fazer('adicionarNota', { dados: { clienteId: await um('cliente'), texto } }),
  eventoDeClientes: eventoMorto('clientes'),
  /** Who owns the things, if anybody, or could. */
  responsavel: async ({ um, dono }) => dono ?? um('usuario'),
  donoDoCliente: daqui('responsavel', 'cliente'),
} satisfies Partial<Record<Kind, Maker>>;
