import { randomUUID } from 'node:crypto';
import type { MutationProbes, World } from '../testing/idempotency/probes';

const nome = 'Digitado';

const umFunil = async ({ fazer }: World): Promise<string> =>
  (await fazer('criarFunil', { dados: { nome, etapas: [{ nome, probabilidade: 10 }] } })).id;

const umaEtapa = async (world: World, funilId?: string): Promise<string> => {
  const dados = { funilId: funilId ?? (await umFunil(world)), nome, probabilidade: 50 };
  return (await world.fazer('criarEtapaFunil', { dados })).id;
};

const umMotivo = async ({ fazer }: World): Promise<string> =>
  (await fazer('criarMotivoPerda', { dados: { nome } })).id;

const umaVenda = async (world: World, funilId?: string) => ({
  titulo: nome,
  valor: { centavos: 1000 },
  clienteId: world.conhecido(),
  funilId: funilId ?? (await umFunil(world)),
  responsavelId: world.conhecido(),
});

const umaOportunidade = async (world: World, funilId?: string): Promise<string> =>
  (await world.fazer('criarOportunidade', { dados: await umaVenda(world, funilId) })).id;

export default {
  // Only by their number can stored data refuse these two.
  criarFunil: async () => {
    const dados = { nome, etapas: [{ nome, probabilidade: 10 }] };
    return { args: { dados }, outros: { dados: { ...dados, nome: 'Outro' } }, recusados: null };
  },
  criarMotivoPerda: async () => ({
    args: { dados: { nome } },
    outros: { dados: { nome: 'Outro' } },
    recusados: null,
  }),

  editarFunil: async (world) => ({
    args: { dados: { id: await umFunil(world), versao: 1, nome: `${nome} 2` } },
  }),
  excluirFunil: async (world) => ({ args: { dados: { id: await umFunil(world) } } }),
  reativarFunil: async (world) => {
    const id = await umFunil(world);
    await world.fazer('excluirFunil', { dados: { id } });
    return { args: { id } };
  },

  criarEtapaFunil: async (world) => ({
    args: { dados: { funilId: await umFunil(world), nome, probabilidade: 20 } },
  }),
  editarEtapaFunil: async (world) => ({
    args: { dados: { id: await umaEtapa(world), versao: 1, nome: `${nome} 2`, probabilidade: 20 } },
  }),
  moverEtapaFunil: async (world) => ({ args: { dados: { id: await umaEtapa(world) } } }),
  excluirEtapaFunil: async (world) => ({ args: { dados: { id: await umaEtapa(world) } } }),
  reativarEtapaFunil: async (world) => {
    const id = await umaEtapa(world);
    await world.fazer('excluirEtapaFunil', { dados: { id } });
    return { args: { id } };
  },

  editarMotivoPerda: async (world) => ({
    args: { dados: { id: await umMotivo(world), versao: 1, nome: `${nome} 2` } },
  }),
  excluirMotivoPerda: async (world) => ({ args: { dados: { id: await umMotivo(world) } } }),
  reativarMotivoPerda: async (world) => {
    const id = await umMotivo(world);
    await world.fazer('excluirMotivoPerda', { dados: { id } });
    return { args: { id } };
  },

  criarOportunidade: async (world) => ({ args: { dados: await umaVenda(world) } }),
  editarOportunidade: async (world) => ({
    args: {
      dados: {
        id: await umaOportunidade(world),
        versao: 1,
        titulo: `${nome} 2`,
        responsavelId: world.conhecido(),
      },
    },
  }),
  moverOportunidade: async (world) => {
    const funilId = await umFunil(world);
    const id = await umaOportunidade(world, funilId);
    return { args: { dados: { id, etapaId: await umaEtapa(world, funilId) } } };
  },
  ganharOportunidade: async (world) => ({ args: { dados: { id: await umaOportunidade(world) } } }),
  perderOportunidade: async (world) => ({
    args: {
      dados: {
        id: await umaOportunidade(world),
        motivoPerdaId: await umMotivo(world),
        observacao: nome,
      },
    },
  }),
  reabrirOportunidade: async (world) => {
    const id = await umaOportunidade(world);
    await world.fazer('ganharOportunidade', { dados: { id } });
    return { args: { id } };
  },
  excluirOportunidade: async (world) => ({
    args: { dados: { id: await umaOportunidade(world), definitivo: true } },
  }),
  reativarOportunidade: async (world) => {
    const id = await umaOportunidade(world);
    await world.fazer('excluirOportunidade', { dados: { id } });
    return { args: { id } };
  },

  reprocessarEventoDeVendas: async ({ caller, plantar }) => {
    const id = randomUUID();
    await plantar(
      `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia,
         envelope, situacao, tentativas, criado_em, atualizado_em)
       VALUES ($1, $2, 'ClienteCriado', 'Cliente', $1, 1, '{}', 'MORTO', 1, now(), now())`,
      [id, caller.organizacaoId],
    );
    return { args: { dados: { id } } };
  },
} satisfies MutationProbes;
