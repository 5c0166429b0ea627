import { buildASTSchema, type GraphQLDirective, isSpecifiedDirective, parse } from 'graphql';

/** Links them, so that composition carries them into the supergraph. */
export const edgeLinks = `extend schema
  @link(url: "https://teia.dev/limite/v1.0", import: ["@limite"])
  @composeDirective(name: "@limite")
  @link(url: "https://teia.dev/cacheControl/v1.0", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
`;

// Types that are named after the specification of their directive stay out of what clients see.
export const edgeDefinitions = `
"Por quem se conta o uso de um campo."
enum limite__Por {
  "Pelo endereço de quem pede (IPv6: pela rede /64)."
  IP
  "Pela pessoa que entrou."
  USUARIO
  "Pela organização de quem entrou."
  ORGANIZACAO
}

"Quantas vezes um campo pode ser pedido em uma janela de tempo deslizante."
directive @limite(
  "Quantas vezes cabem na janela."
  max: Int!
  "A duração da janela: um inteiro seguido de s, m ou h, como em 1m."
  janela: String!
  "Por quem se conta, por cada um à parte."
  por: [limite__Por!]!
) on FIELD_DEFINITION

"Quem recebe a mesma resposta guardada."
enum cacheControl__Scope {
  "Todos."
  PUBLIC
  "Quem pediu, e mais ninguém."
  PRIVATE
}

"Por quanto tempo uma resposta pode ser guardada; a de uma operação, pelo menor tempo de seus campos."
directive @cacheControl(
  "Em segundos."
  maxAge: Int
  "Quem a recebe; todos, quando não se diz."
  scope: cacheControl__Scope
  "Se o tempo é o do campo que leva até este."
  inheritMaxAge: Boolean
) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;

/**
 * What a field may ask of the router, beside what federation knows. The router reads it in the supergraph; the subgraph
 * itself does nothing with it.
 */
export const edgeDirectives: readonly GraphQLDirective[] = buildASTSchema(parse(edgeDefinitions), {
  assumeValid: true,
})
  .getDirectives()
  .filter((directive) => !isSpecifiedDirective(directive));
