const list = (text: string): readonly string[] => text.trim().split(/,\s+/);

/** First names, roughly the most frequent first. */
export const prenomes = list(`
  Maria, José, João, Ana, Antônio, Francisco, Carlos, Paulo, Pedro, Lucas, Luiz, Marcos, Gabriel, Rafael,
  Daniel, Juliana, Fernanda, Patrícia, Aline, Bruno, Eduardo, Camila, Márcia, Letícia, Beatriz, Larissa,
  Mariana, André, Vinícius, Débora, João Pedro, Maria Eduarda, Ana Luísa, Pedro Henrique, Maria Clara,
  José Carlos, Ana Paula, Cláudia, Sérgio, Rogério, Simone, Thaís, Helena, Heloísa, Otávio, Cauã, Sônia,
  Jéssica, Wellington, Tainá, Inês, Moacir, Íris, Raí, Zélia`);

/** Family names, roughly the most frequent first. */
export const sobrenomes = list(`
  da Silva, dos Santos, de Oliveira, de Souza, Rodrigues, Ferreira, Alves, Pereira, Lima, Gomes, Costa,
  Ribeiro, Martins, Carvalho, de Almeida, Lopes, Soares, Fernandes, Vieira, Barbosa, Rocha, Dias,
  do Nascimento, de Andrade, Moreira, Nunes, Marques, Machado, Mendes, Freitas, Cardoso, Ramos, Gonçalves,
  Santana, Teixeira, Araújo, Simões, Siqueira, da Conceição, Guimarães, Magalhães, Assunção, Brandão,
  Falcão, Nóbrega, Queirós, Castelo Branco, Villas-Bôas, Yamamoto, Schneider, Müller, Rossi, D'Ávila,
  Sant'Anna`);

/** What companies do, as their names say it. */
export const ramos = list(`
  Padaria, Mercado, Farmácia, Restaurante, Transportadora, Construtora, Oficina Mecânica,
  Clínica Odontológica, Pousada, Metalúrgica, Confecções, Escola, Gráfica, Laticínios, Imobiliária,
  Indústria de Móveis, Cooperativa Agrícola, Cervejaria, Academia, Floricultura`);

/** What companies call themselves. */
export const nomesFantasia = list(`
  São Jorge, Aurora, Boa Esperança, Três Irmãos, Bela Vista, Santa Luzia, Ipê Amarelo, Estação Central,
  Serra Azul, Vitória-Régia, Ouro Verde, Beira-Mar, Alvorada, Sabiá, Jequitibá, Bom Jesus, Maré Alta,
  Nova Geração, Conceição & Filhos, Irmãos Gonçalves`);

/** How the name of a company says of what kind it is. */
export const tiposSocietarios = list('Ltda., Comércio e Serviços Ltda., Ltda. ME, Ltda. EPP, S.A.');
