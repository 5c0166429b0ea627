import { demoLogin } from '../platform/first-administrator';

const loginBody = JSON.stringify({
  query: 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso usuario { nome } } }',
  variables: { dados: demoLogin },
});

/** The last lines of a start with the demo login: where to go, as whom, and a command to paste. */
export const welcome = (url: string): string => `
  Teia no ar:    ${url}  (no navegador: Apollo Sandbox)
  Demonstração:  ${demoLogin.email}  senha: ${demoLogin.senha}

  Entre pelo terminal e envie o tokenAcesso no cabeçalho "authorization: Bearer <tokenAcesso>":

  curl -s ${url} -H 'content-type: application/json' -d '${loginBody}'

`;
