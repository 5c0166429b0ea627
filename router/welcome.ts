import { demoLogin } from './first-administrator';

const login = JSON.stringify({
  query: 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso usuario { nome } } }',
  variables: { dados: demoLogin },
});

/** The last lines of a start in development: where to go, as whom, and a command to paste. */
export const welcome = (url: string): string => `
Teia no ar: ${url}
Abra no navegador para explorar o grafo no Apollo Sandbox.

Demonstração: ${demoLogin.email} / ${demoLogin.senha}
Para entrar pelo terminal:

  curl -s ${url} -H 'content-type: application/json' -d '${login}'

Envie o tokenAcesso nas demais requisições: "authorization: Bearer <tokenAcesso>".
`;
