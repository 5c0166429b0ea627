/** A document for each segmento that says no more than its template asks for. */
export const documentos = {
  CLINICA: {
    especialidades: ['Cardiologia'],
    horarios: [{ dia: 'SEGUNDA', abre: '08:00', fecha: '12:00' }],
    consulta: { duracaoMinutos: 30 },
  },
  LOJA: { canais: ['SITE'], trocas: { prazoDias: 7 } },
  SERVICOS: { servicos: [{ nome: 'Instalação elétrica' }], areaDeAtendimento: { ufs: ['SP'] } },
};
