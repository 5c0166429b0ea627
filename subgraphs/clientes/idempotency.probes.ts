import { randomUUID } from 'node:crypto';
import type { MutationProbes, World } from '../testing/idempotency/probes';

const nome = 'Digitado';
const endereco = { logradouro: nome, cidade: nome, uf: 'SP', cep: '01310100' };

const umCliente = async ({ fazer }: World): Promise<string> =>
  (await fazer('criarCliente', { dados: { tipo: 'FISICA', nome } })).id;

const umEndereco = async (world: World): Promise<string> => {
  const clienteId = await umCliente(world);
  return (await world.fazer('adicionarEndereco', { dados: { clienteId, ...endereco } })).id;
};

const umaNota = async (world: World): Promise<string> => {
  const clienteId = await umCliente(world);
  return (await world.fazer('adicionarNota', { dados: { clienteId, texto: nome } })).id;
};

export default {
  criarCliente: async ({ conhecido }) => ({
    args: { dados: { tipo: 'FISICA', nome, emails: [`${nome}@exemplo.com`], responsavelId: conhecido() } },
  }),
  editarCliente: async (world) => ({
    args: {
      dados: {
        id: await umCliente(world),
        versao: 1,
        nome: `${nome} Ñandú 😀`,
        responsavelId: world.conhecido(),
      },
    },
  }),
  excluirCliente: async (world) => ({ args: { dados: { id: await umCliente(world), definitivo: true } } }),
  reativarCliente: async (world) => {
    const id = await umCliente(world);
    await world.fazer('excluirCliente', { dados: { id } });
    return { args: { id } };
  },
  adicionarEndereco: async (world) => ({
    args: { dados: { clienteId: await umCliente(world), ...endereco } },
  }),
  editarEndereco: async (world) => ({
    args: { dados: { id: await umEndereco(world), versao: 1, ...endereco, numero: nome } },
  }),
  excluirEndereco: async (world) => ({ args: { dados: { id: await umEndereco(world) } } }),
  adicionarNota: async (world) => ({
    args: { dados: { clienteId: await umCliente(world), texto: nome.repeat(1_000) } },
  }),
  editarNota: async (world) => ({
    args: { dados: { id: await umaNota(world), versao: 1, texto: `${nome} 2` } },
  }),
  excluirNota: async (world) => ({ args: { dados: { id: await umaNota(world) } } }),

  reprocessarEventoDeClientes: async ({ caller, plantar }) => {
    const id = randomUUID();
    await plantar(
      `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia,
         envelope, situacao, tentativas, criado_em, atualizado_em)
       VALUES ($1, $2, 'EquipeAlterada', 'Equipe', $1, 1, '{}', 'MORTO', 1, now(), now())`,
      [id, caller.organizacaoId],
    );
    return { args: { dados: { id } } };
  },
} satisfies MutationProbes;
