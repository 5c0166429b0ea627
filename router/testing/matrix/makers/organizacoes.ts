import type { Kind } from '../kinds';
import { encerrada, endereco, type Maker, texto } from '../making';

/** How things of organizacoes come to be. */
export const organizacoes = {
  organizacao: async ({ organizacao }) => organizacao.organizacaoId,
  contexto: ({ fazer }) =>
    fazer('atualizarContexto', {
      dados: {
        versao: 0,
        documento: { servicos: [{ nome: 'Reparo' }], areaDeAtendimento: { ufs: ['SP'] } },
      },
    }),
  unidade: ({ fazer }) =>
    fazer('criarUnidade', {
      dados: { nome: texto, telefone: '(11) 3333-4444', endereco: { ...endereco, logradouro: texto } },
    }),
  unidadeExcluida: encerrada('unidade', 'excluirUnidade'),
  equipe: ({ fazer }) => fazer('criarEquipe', { dados: { nome: texto } }),
  equipeExcluida: encerrada('equipe', 'excluirEquipe'),
  naEquipe: async ({ um, fazer }) => {
    const usuarioId = await um('usuario');
    await fazer('adicionarMembroDaEquipe', { dados: { equipeId: await um('equipe'), usuarioId } });
    return usuarioId;
  },
} satisfies Partial<Record<Kind, Maker>>;
