import { randomUUID } from 'node:crypto';
import { countStatements } from '../platform/testing/count-statements';
import { until } from '../platform/testing/until';
import {
  AceitarConviteDocument,
  AlterarPerfisDoMembroDocument,
  ClienteCompletoDocument,
  ClientesComOportunidadesDocument,
  ClientesDocument,
  ConvidarUsuarioDocument,
  CriarClienteDocument,
  CriarFunilDocument,
  CriarMotivoPerdaDocument,
  CriarOportunidadeDocument,
  EditarClienteDocument,
  EuDocument,
  ExcluirClienteDocument,
  GanharOportunidadeDocument,
  ModelosDeContextoDocument,
  MoverOportunidadeDocument,
  OportunidadesDocument,
  PerderOportunidadeDocument,
  PerfisDocument,
  PermissoesDocument,
  RenovarSessaoDocument,
  SairDocument,
} from '../schema/client/graphql';
import { startTeia, type Teia } from './testing/start-teia';

let teia: Teia;
beforeAll(async () => {
  teia = await startTeia();
});
afterAll(() => teia.stop());

/** An organization with a funnel, and so many Clientes with three Oportunidades each. */
const organizacaoComVendas = async (clientes: number) => {
  const { tokenAcesso: token, usuario } = await teia.novaOrganizacao();
  const { criarFunil: funil } = await teia.run(
    CriarFunilDocument,
    {
      dados: {
        nome: 'Vendas',
        etapas: [
          { nome: 'Contato', probabilidade: 10 },
          { nome: 'Proposta', probabilidade: 50 },
        ],
      },
    },
    token,
  );
  const ids: string[] = [];
  for (let i = 0; i < clientes; i += 1) {
    const { criarCliente } = await teia.run(
      CriarClienteDocument,
      { dados: { tipo: 'FISICA', nome: `Cliente ${i}`, responsavelId: usuario.id } },
      token,
    );
    ids.push(criarCliente.id);
    for (const titulo of ['Primeira', 'Segunda', 'Terceira']) {
      await teia.run(
        CriarOportunidadeDocument,
        { dados: { titulo, clienteId: criarCliente.id, funilId: funil.id, valor: { centavos: 19_90 } } },
        token,
      );
    }
  }
  return { token, usuario, funil, ids };
};

describe('the first query', () => {
  it('crosses three domains at one data statement for each subgraph and level', async () => {
    const { token } = await organizacaoComVendas(3);
    await teia.run(ClientesComOportunidadesDocument, {}, token);
    const { result, texts } = await countStatements(
      () => teia.run(ClientesComOportunidadesDocument, {}, token),
      'inquilino',
    );
    expect(result.clientes.totalCount).toBe(3);
    expect(result.clientes.edges).toHaveLength(2);
    expect(result.clientes.edges[0]?.node).toEqual({
      nome: 'Cliente 0',
      enderecos: [],
      responsavel: { nome: 'Ana Lúcia' },
      oportunidades: {
        edges: ['Terceira', 'Segunda', 'Primeira'].map((titulo) => ({
          node: { titulo, valor: { centavos: 1990, moeda: 'BRL' }, etapa: { nome: 'Contato' } },
        })),
      },
    });
    // clientes, their count, enderecos; responsaveis; oportunidades, etapas
    expect(texts).toHaveLength(6);
  });

  it('costs the same statements for 50 Clientes as for one', async () => {
    const pequena = await organizacaoComVendas(1);
    const grande = await organizacaoComVendas(12);
    const query = `{ clientes(first: 100) { edges { node {
      id etiquetas enderecos { cidade } notas(first: 2) { edges { node { id } } totalCount } responsavel { nome email }
      valorEmAberto { formatado } oportunidades(first: 2) { totalCount edges { node { etapa { nome } historico(first: 1) { edges { node { em usuario { nome } } } } } } }
    } } } }`;
    const statements = async (token: string) => {
      const { result, texts } = await countStatements(
        () => teia.ask(query, {}, { authorization: `Bearer ${token}` }),
        'inquilino',
      );
      expect(result.errors).toBeUndefined();
      return texts.length;
    };
    expect(await statements(grande.token)).toBe(await statements(pequena.token));
  });
});

describe('a session', () => {
  it('signs in, says who it is, is renewed once and ends', async () => {
    const { tokenAcesso, tokenRenovacao } = await teia.entrar();
    const { eu } = await teia.run(EuDocument, {}, tokenAcesso);
    expect(eu.membro).toMatchObject({
      perfis: [{ embutido: 'ADMINISTRADOR' }],
      organizacao: { nome: 'Primeira Organização' },
    });

    const { renovarSessao } = await teia.run(RenovarSessaoDocument, { dados: { tokenRenovacao } });
    const again = await teia.ask(RenovarSessaoDocument.toString(), { dados: { tokenRenovacao } });
    expect(again.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });

    expect(await teia.run(SairDocument, {}, renovarSessao.tokenAcesso)).toEqual({ sair: true });
    const afterwards = await teia.ask(RenovarSessaoDocument.toString(), {
      dados: { tokenRenovacao: renovarSessao.tokenRenovacao },
    });
    expect(afterwards.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('of another organization goes on when an administrator of this one changes what the person may do', async () => {
    const email = `${randomUUID()}@exemplo.com`;
    const la = await teia.novaOrganizacao({ email });
    const { tokenAcesso: administrador } = await teia.novaOrganizacao();
    const { perfis } = await teia.run(PerfisDocument, {}, administrador);
    const perfilDe = (embutido: string) => perfis.find((perfil) => perfil.embutido === embutido)!.id;
    const convite = { email, perfilIds: [perfilDe('VENDEDOR')] };
    await teia.run(ConvidarUsuarioDocument, { dados: convite }, administrador);
    const token = await teia.mailbox.nextToken(email, 'aceitar-convite');
    const dados = { token, nome: 'Ana', senha: 'uma senha comprida' };
    const { aceitarConvite: aqui } = await teia.run(AceitarConviteDocument, { dados });
    const { eu } = await teia.run(EuDocument, {}, aqui.tokenAcesso);

    const mudanca = { membroId: eu.membro!.id, perfilIds: [perfilDe('LEITURA')] };
    await teia.run(AlterarPerfisDoMembroDocument, { dados: mudanca }, administrador);
    const statusOf = async (authorization: string) =>
      (await teia.ask(EuDocument.toString(), {}, { authorization: `Bearer ${authorization}` })).status;
    await until(async () => (await statusOf(aqui.tokenAcesso)) === 401);
    expect(await statusOf(la.tokenAcesso)).toBe(200);
  });

  it('publishes the keys that verify it, and only their public halves', async () => {
    const { text } = await teia.get('/.well-known/jwks.json');
    const { keys } = JSON.parse(text);
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });
});

describe('a sale', () => {
  it('goes from the first stage to won or lost', async () => {
    const { token, funil } = await organizacaoComVendas(1);
    const { oportunidades } = await teia.run(OportunidadesDocument, {}, token);
    const [primeira, segunda] = oportunidades.edges.map(({ node }) => node);
    expect(primeira?.cliente?.nome).toBe('Cliente 0');

    const etapaId = funil.etapas[1]!.id;
    const { moverOportunidade } = await teia.run(
      MoverOportunidadeDocument,
      { dados: { id: primeira!.id, etapaId } },
      token,
    );
    expect(moverOportunidade.etapa.nome).toBe('Proposta');
    const { ganharOportunidade } = await teia.run(
      GanharOportunidadeDocument,
      { dados: { id: primeira!.id } },
      token,
    );
    expect(ganharOportunidade.situacao).toBe('GANHA');

    const { criarMotivoPerda } = await teia.run(
      CriarMotivoPerdaDocument,
      { dados: { nome: 'Preço' } },
      token,
    );
    const { perderOportunidade } = await teia.run(
      PerderOportunidadeDocument,
      { dados: { id: segunda!.id, motivoPerdaId: criarMotivoPerda.id } },
      token,
    );
    expect(perderOportunidade.situacao).toBe('PERDIDA');
  });

  it('is refused for a Cliente that does not exist or is of another organization, in the same words', async () => {
    const outra = await organizacaoComVendas(1);
    const { token, funil } = await organizacaoComVendas(0);
    const answers = await Promise.all(
      [outra.ids[0]!, randomUUID(), 'nada'].map(async (clienteId) => {
        const dados = { titulo: 'x', clienteId, funilId: funil.id, valor: { centavos: 1 } };
        const { data, errors } = await teia.ask(
          CriarOportunidadeDocument.toString(),
          { dados },
          { authorization: `Bearer ${token}` },
        );
        expect(errors?.[0]?.extensions).toMatchObject({
          code: 'NOT_FOUND',
          campos: [{ campo: 'dados.clienteId' }],
        });
        return JSON.stringify({ data, errors });
      }),
    );
    expect(new Set(answers).size).toBe(1);
  });
});

describe('a Cliente', () => {
  it('is created, shown whole, edited and erased', async () => {
    const { token, ids } = await organizacaoComVendas(1);
    const id = ids[0]!;
    const { cliente } = await teia.run(ClienteCompletoDocument, { id }, token);
    expect(cliente).toMatchObject({
      nome: 'Cliente 0',
      valorEmAberto: [{ centavos: 5970, moeda: 'BRL', formatado: 'R$\u00a059,70' }],
    });
    const { editarCliente } = await teia.run(
      EditarClienteDocument,
      { dados: { id, versao: cliente!.versao, nome: 'Novo Nome' } },
      token,
    );
    expect(editarCliente.nome).toBe('Novo Nome');
    await teia.run(ExcluirClienteDocument, { dados: { id, definitivo: true } }, token);
    expect((await teia.run(ClienteCompletoDocument, { id }, token)).cliente).toBeNull();
  });

  it('is never seen by another organization', async () => {
    const { ids } = await organizacaoComVendas(1);
    const { tokenAcesso } = await teia.novaOrganizacao();
    expect((await teia.run(ClienteCompletoDocument, { id: ids[0]! }, tokenAcesso)).cliente).toBeNull();
    expect((await teia.run(ClientesDocument, {}, tokenAcesso)).clientes.totalCount).toBe(0);
  });

  it('cannot be reached without a token', async () => {
    const { data, errors } = await teia.ask('{ clientes { totalCount } }');
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('a registered operation', () => {
  const ask = (document: { __meta__?: Record<string, unknown> }, token?: string) =>
    teia.post(
      { extensions: { persistedQuery: { version: 1, sha256Hash: document.__meta__!.hash } } },
      token ? { authorization: `Bearer ${token}` } : {},
    );

  it('is known by its hash', async () => {
    const { tokenAcesso, usuario } = await teia.novaOrganizacao();
    expect(await ask(EuDocument, tokenAcesso)).toMatchObject({
      data: { eu: { id: usuario.id } },
    });
  });

  it.each([
    ['permissoes', PermissoesDocument],
    ['modelosDeContexto', ModelosDeContextoDocument],
  ])('is asked once of what nobody edits, for each who may ask: %s', async (field, document) => {
    const one = await teia.novaOrganizacao();
    const other = await teia.novaOrganizacao();
    const first = await ask(document, one.tokenAcesso);
    expect(first).toMatchObject({
      data: { [field]: expect.any(Array) },
      headers: { 'cache-control': 'max-age=300, private' },
    });
    const ages = [];
    for (const { tokenAcesso } of [one, other, other]) {
      const { headers, data } = await ask(document, tokenAcesso);
      expect(data).toEqual(first.data);
      ages.push(headers.age);
    }
    expect(ages).toEqual([expect.any(String), undefined, expect.any(String)]);
    expect((await ask(document)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
