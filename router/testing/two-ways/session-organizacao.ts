import type { Memory, Step } from './session';

const documento = {
  servicos: [{ nome: 'Pão & café 🍞', precoInicialCentavos: 19_90 }],
  areaDeAtendimento: { remoto: true, cidades: [{ nome: 'São Paulo', uf: 'SP' }] },
};

const comoAna = (operation: string, variables?: (memory: Memory) => object, keep?: string): Step => ({
  operation,
  as: 'ana',
  variables,
  keep,
});

/** How an organization arranges itself. */
export const arranjo: readonly Step[] = [
  comoAna('ModelosDeContexto'),
  comoAna('ConfigurarOrganizacao', () => ({
    dados: { versao: 0, fusoHorario: 'America/Manaus', configuracoes: { diasUteis: ['SABADO', 'SEGUNDA'] } },
  })),
  comoAna('AtualizarContexto', () => ({ dados: { versao: 0, documento } })),
  comoAna('RestaurarContexto', () => ({ dados: { versao: 1 } })),
  comoAna(
    'CriarUnidade',
    () => ({
      dados: {
        nome: 'Filial “Centro” 🏬',
        telefone: '(11) 3333-4444',
        endereco: {
          logradouro: 'Av. Paulista',
          numero: '1578',
          cidade: 'São Paulo',
          uf: 'SP',
          cep: '01310-200',
        },
      },
    }),
    'unidade',
  ),
  comoAna('EditarUnidade', ({ unidade }) => ({
    dados: { id: unidade.id, versao: unidade.versao, endereco: null },
  })),
  comoAna('ExcluirUnidade', ({ unidade }) => ({ dados: { id: unidade.id } })),
  comoAna('ReativarUnidade', ({ unidade }) => ({ id: unidade.id })),
  comoAna('CriarEquipe', () => ({ dados: { nome: 'Balcão' } }), 'equipe'),
  comoAna('EditarEquipe', ({ equipe }) => ({
    dados: { id: equipe.id, versao: equipe.versao, nome: 'Forno' },
  })),
  comoAna('AdicionarMembroDaEquipe', ({ ana, equipe }) => ({
    dados: { equipeId: equipe.id, usuarioId: ana.usuario.id },
  })),
  comoAna('MinhaOrganizacao'),
  comoAna('RemoverMembroDaEquipe', ({ ana, equipe }) => ({
    dados: { equipeId: equipe.id, usuarioId: ana.usuario.id },
  })),
  comoAna('ExcluirEquipe', ({ equipe }) => ({ dados: { id: equipe.id } })),
  comoAna('ReativarEquipe', ({ equipe }) => ({ id: equipe.id })),
];
