/** What a salesperson writes down about a person, and about a company. */
export const anotacoes = {
  FISICA: [
    'Prefere contato por WhatsApp, depois das 18h.',
    'Vai conversar em casa antes de fechar. Retornar na segunda-feira.',
    'Conta de luz média de R$ 620,00. Quer recuperar o investimento em até cinco anos.',
    'Veio por indicação; merece o desconto.',
    'Quer financiar em 60 vezes. Enviar a simulação de dois bancos.',
    'Vai reformar o telhado em março; só instala depois.',
    'Elogiou a equipe de instalação e aceitou gravar um depoimento.',
  ],
  JURIDICA: [
    'Quem decide é a diretoria, que se reúne na primeira quarta-feira do mês.',
    'Faturamento só até o dia 25; enviar a nota com o número do pedido.',
    'Já recebeu a proposta de um concorrente, 8% mais barata, sem manutenção.',
    'Visita técnica feita: cobertura metálica, sem sombra, boa para 75 kWp.',
    'Reclamou do atraso na entrega dos painéis. Ligar para pedir desculpas.',
    'Quer incluir a filial na proposta. Falta a conta de luz de lá.',
  ],
} as const;
