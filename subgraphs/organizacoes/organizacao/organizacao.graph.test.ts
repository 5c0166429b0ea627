import { randomUUID } from 'node:crypto';
import { aCaller, granting } from '../../../platform/testing/callers';
import { documentos } from '../testing/documentos';
import { type Organizacoes, startOrganizacoes } from '../testing/start-organizacoes';

let organizacoes: Organizacoes;
beforeAll(async () => {
  organizacoes = await startOrganizacoes();
});
afterAll(() => organizacoes.stop());

const campos = `segmento fusoHorario configuracoes { moeda primeiroDiaDaSemana diasUteis } versao
  unidades { id } equipes { id } contexto { versao } historicoDoContexto { totalCount edges { node { id } } }`;

const configurar = `mutation ($dados: ConfigurarOrganizacaoInput!) {
  configurarOrganizacao(dados: $dados) { id ${campos} }
}`;

const deInicio = {
  segmento: 'SERVICOS',
  fusoHorario: 'America/Sao_Paulo',
  configuracoes: {
    moeda: 'BRL',
    primeiroDiaDaSemana: 'DOMINGO',
    diasUteis: ['SEGUNDA', 'TERCA', 'QUARTA', 'QUINTA', 'SEXTA'],
  },
  versao: 0,
  unidades: [],
  equipes: [],
  contexto: null,
  historicoDoContexto: { totalCount: 0, edges: [] },
};

describe('an Organizacao', () => {
  it('that never said anything has what holds for most', async () => {
    expect(await organizacoes.organizacao(aCaller(), campos)).toEqual(deInicio);
  });

  it('changes what is given, and tells which fields', async () => {
    const caller = aCaller();
    const um = {
      versao: 0,
      fusoHorario: 'America/Manaus',
      configuracoes: { diasUteis: ['SABADO', 'SEGUNDA', 'SABADO'] },
    };
    const outro = { versao: 1, segmento: 'LOJA', configuracoes: { moeda: 'USD' } };
    await organizacoes.data(caller, configurar, { dados: um });
    const { configurarOrganizacao } = await organizacoes.data(caller, configurar, { dados: outro });
    expect(configurarOrganizacao).toEqual({
      ...deInicio,
      id: caller.organizacaoId,
      segmento: 'LOJA',
      fusoHorario: 'America/Manaus',
      configuracoes: { moeda: 'USD', primeiroDiaDaSemana: 'DOMINGO', diasUteis: ['SEGUNDA', 'SABADO'] },
      versao: 2,
    });
    expect(await organizacoes.eventosDe(caller, 'OrganizacaoAlterada', caller.organizacaoId)).toEqual([
      { organizacaoId: caller.organizacaoId, campos: ['fusoHorario', 'configuracoes'] },
      { organizacaoId: caller.organizacaoId, campos: ['segmento', 'configuracoes'] },
    ]);
  });

  it('stays as it is when nothing changes, and also when only its contexto does', async () => {
    const caller = aCaller();
    for (const igual of [
      {},
      { segmento: 'SERVICOS', fusoHorario: 'America/Sao_Paulo' },
      { configuracoes: { moeda: 'BRL', diasUteis: [...deInicio.configuracoes.diasUteis].reverse() } },
    ]) {
      await organizacoes.data(caller, configurar, { dados: { versao: 0, ...igual } });
    }
    expect(await organizacoes.organizacao(caller, campos)).toEqual(deInicio);
    expect(await organizacoes.auditadas(caller)).toEqual([]);
    const contexto = { versao: 0, documento: documentos.SERVICOS };
    await organizacoes.data(caller, configurar, { dados: { versao: 0, contexto } });
    expect(await organizacoes.organizacao(caller, 'versao contexto { versao }')).toEqual({
      versao: 0,
      contexto: { versao: 1 },
    });
    expect(await organizacoes.auditadas(caller)).toEqual(['contexto.atualizar']);
    expect(await organizacoes.eventosDe(caller, 'OrganizacaoAlterada', caller.organizacaoId)).toEqual([]);
  });

  it('of somebody else, of nobody or of no UUID at all has nulls alike', async () => {
    const estranha = aCaller();
    await organizacoes.data(estranha, configurar, { dados: { versao: 0, segmento: 'LOJA' } });
    const nulos = Object.fromEntries(Object.keys(deInicio).map((campo) => [campo, null]));
    for (const id of [estranha.organizacaoId, randomUUID(), 'not an id', '']) {
      expect(await organizacoes.organizacao(aCaller(), campos, id)).toEqual(nulos);
    }
  });

  it.each([
    ['a stale version', { versao: 1 }, { code: 'CONFLICT', motivo: 'VERSAO_DESATUALIZADA' }],
    ['no version', {}, { code: 'BAD_USER_INPUT', campos: [{ campo: 'dados.versao' }] }],
    [
      'a zone of no map',
      { versao: 0, fusoHorario: 'America/Gotham' },
      { campos: [{ campo: 'dados.fusoHorario' }] },
    ],
    [
      'another spelling',
      { versao: 0, fusoHorario: 'america/sao_paulo' },
      { campos: [{ campo: 'dados.fusoHorario' }] },
    ],
    ['an offset', { versao: 0, fusoHorario: '-03:00' }, { campos: [{ campo: 'dados.fusoHorario' }] }],
    ['a null zone', { versao: 0, fusoHorario: null }, { campos: [{ campo: 'dados.fusoHorario' }] }],
    ['a null segmento', { versao: 0, segmento: null }, { campos: [{ campo: 'dados.segmento' }] }],
    [
      'a null inside',
      { versao: 0, configuracoes: { moeda: null } },
      { campos: [{ campo: 'dados.configuracoes.moeda' }] },
    ],
    [
      'no working day',
      { versao: 0, configuracoes: { diasUteis: [] } },
      { campos: [{ campo: 'dados.configuracoes.diasUteis' }] },
    ],
    [
      'a stale contexto',
      { versao: 0, contexto: { versao: 1, documento: documentos.SERVICOS } },
      { code: 'CONFLICT' },
    ],
  ])('refuses %s, and stays as it was', async (_, dados, error) => {
    const caller = aCaller();
    expect(await organizacoes.errorOf(caller, configurar, { dados })).toMatchObject(error);
    expect(await organizacoes.organizacao(caller, campos)).toEqual(deInicio);
  });

  it('is changed once for each version, however many try at once', async () => {
    const caller = aCaller();
    const fusos = [
      ['UTC', 'America/Bahia', 'America/Manaus', 'America/Belem', 'America/Recife'],
      ['Europe/Lisbon', 'America/Cuiaba', 'America/Fortaleza', 'America/Maceio', 'America/Noronha'],
    ];
    for (const [versao, outros] of fusos.entries()) {
      const answers = await Promise.all(
        outros.map((fusoHorario) => organizacoes.run(caller, configurar, { dados: { versao, fusoHorario } })),
      );
      const refused = answers.flatMap(({ errors }) => errors ?? []);
      expect(refused.map(({ extensions }) => extensions?.motivo)).toEqual(
        Array(4).fill('VERSAO_DESATUALIZADA'),
      );
    }
    expect(await organizacoes.organizacao(caller, 'versao')).toEqual({ versao: 2 });
  });

  it('needs a permission to be read, and another to be changed', async () => {
    const caller = aCaller({ permissoes: granting(['clientes:ler']) });
    const query = `query ($id: ID!) {
      _entities(representations: [{ __typename: "Organizacao", id: $id }]) { ... on Organizacao { CAMPO } }
    }`;
    for (const campo of [
      'segmento',
      'configuracoes { moeda }',
      'unidades { id }',
      'equipes { id }',
      'contexto { id }',
    ]) {
      const error = await organizacoes.errorOf(caller, query.replace('CAMPO', campo), {
        id: caller.organizacaoId,
      });
      expect([campo, error?.code]).toEqual([campo, 'FORBIDDEN']);
    }
    const leitor = aCaller({ permissoes: granting(['organizacao:ler']) });
    expect(await organizacoes.errorOf(leitor, configurar, { dados: { versao: 0 } })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
