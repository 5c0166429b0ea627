import type { Kind } from '../kinds';
import { daqui, encerrada, eventoMorto, type Maker, texto } from '../making';

/** How things of vendas come to be. */
export const vendas = {
  clienteComVenda: daqui('cliente', 'oportunidade'),
  funil: ({ fazer }) =>
    fazer('criarFunil', { dados: { nome: texto, etapas: [{ nome: texto, probabilidade: 10 }] } }),
  funilExcluido: encerrada('funil', 'excluirFunil'),
  funilComVenda: daqui('funil', 'oportunidade'),
  etapa: async ({ um, fazer }) =>
    fazer('criarEtapaFunil', { dados: { funilId: await um('funil'), nome: texto, probabilidade: 50 } }),
  outraEtapa: async ({ um, fazer }) =>
    fazer('criarEtapaFunil', {
      dados: { funilId: await um('funil'), nome: `${texto} 2`, probabilidade: 60 },
    }),
  etapaExcluida: encerrada('etapa', 'excluirEtapaFunil'),
  etapaComVenda: daqui('etapa', 'oportunidade'),
  motivo: ({ fazer }) => fazer('criarMotivoPerda', { dados: { nome: texto } }),
  motivoExcluido: encerrada('motivo', 'excluirMotivoPerda'),
  oportunidade: async ({ um, fazer, dono }) =>
    fazer('criarOportunidade', {
      dados: {
        titulo: `${texto} Oportunidade`,
        clienteId: await um('cliente'),
        funilId: await um('funil'),
        etapaId: await um('etapa'),
        valor: { centavos: 1990 },
        previsaoFechamento: '2026-12-24',
        responsavelId: dono,
      },
    }),
  /** Open in another etapa of the same Funil. */
  vizinha: async ({ um, fazer, dono }) =>
    fazer('criarOportunidade', {
      dados: {
        titulo: `${texto} Vizinha`,
        clienteId: await um('cliente'),
        funilId: await um('funil'),
        etapaId: await um('outraEtapa'),
        valor: { centavos: 2990 },
        responsavelId: dono,
      },
    }),
  oportunidadeGanha: encerrada('oportunidade', 'ganharOportunidade'),
  oportunidadePerdida: async ({ outras, um, fazer }) => {
    const dados = {
      id: await outras().um('oportunidade'),
      motivoPerdaId: await um('motivo'),
      observacao: texto,
    };
    return fazer('perderOportunidade', { dados });
  },
  oportunidadeExcluida: encerrada('oportunidade', 'excluirOportunidade'),
  eventoDeVendas: eventoMorto('vendas'),
  donoDaVenda: daqui('responsavel', 'oportunidade'),
} satisfies Partial<Record<Kind, Maker>>;
