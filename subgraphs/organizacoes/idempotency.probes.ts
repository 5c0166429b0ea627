import type { MutationProbes, World } from '../testing/idempotency/probes';
import { documentos } from './testing/documentos';

const nome = 'Digitado';

const umaUnidade = async ({ fazer }: World): Promise<string> =>
  (await fazer('criarUnidade', { dados: { nome } })).id;

const umaEquipe = async ({ fazer }: World): Promise<string> =>
  (await fazer('criarEquipe', { dados: { nome } })).id;

const umMembro = async (world: World) => {
  const dados = { equipeId: await umaEquipe(world), usuarioId: world.conhecido() };
  await world.fazer('adicionarMembroDaEquipe', { dados });
  return dados;
};

const documento = (servico: string) => ({ ...documentos.SERVICOS, servicos: [{ nome: servico }] });

export default {
  configurarOrganizacao: async () => ({
    args: { dados: { versao: 0, fusoHorario: 'America/Manaus' } },
    outros: { dados: { versao: 0, fusoHorario: 'America/Bahia' } },
    recusados: { dados: { versao: 7, fusoHorario: 'America/Manaus' } },
  }),
  // Only by their number can stored data refuse these two.
  criarUnidade: async () => ({
    args: { dados: { nome } },
    outros: { dados: { nome: 'Outra' } },
    recusados: null,
  }),
  criarEquipe: async () => ({
    args: { dados: { nome } },
    outros: { dados: { nome: 'Outra' } },
    recusados: null,
  }),
  editarUnidade: async (world) => ({
    args: { dados: { id: await umaUnidade(world), versao: 1, nome: `${nome} 2` } },
  }),
  excluirUnidade: async (world) => ({ args: { dados: { id: await umaUnidade(world) } } }),
  reativarUnidade: async (world) => {
    const id = await umaUnidade(world);
    await world.fazer('excluirUnidade', { dados: { id } });
    return { args: { id } };
  },
  editarEquipe: async (world) => ({
    args: { dados: { id: await umaEquipe(world), versao: 1, nome: `${nome} 2` } },
  }),
  excluirEquipe: async (world) => ({ args: { dados: { id: await umaEquipe(world) } } }),
  reativarEquipe: async (world) => {
    const id = await umaEquipe(world);
    await world.fazer('excluirEquipe', { dados: { id } });
    return { args: { id } };
  },
  adicionarMembroDaEquipe: async (world) => ({
    args: { dados: { equipeId: await umaEquipe(world), usuarioId: world.conhecido() } },
  }),
  removerMembroDaEquipe: async (world) => ({ args: { dados: await umMembro(world) } }),
  atualizarContexto: async () => ({
    args: { dados: { versao: 0, documento: documento(nome) } },
    outros: { dados: { versao: 0, documento: documento('Outro') } },
    // The segmento has another template: it is stored data that refuses it.
    recusados: { dados: { versao: 0, documento: { ...documentos.LOJA, [nome]: nome } } },
  }),
  restaurarContexto: async ({ fazer }) => {
    for (const versao of [0, 1]) {
      await fazer('atualizarContexto', { dados: { versao, documento: documento(`${nome} ${versao}`) } });
    }
    return {
      args: { dados: { versao: 1 } },
      outros: { dados: { versao: 2 } },
      recusados: { dados: { versao: 9 } },
    };
  },
} satisfies MutationProbes;
