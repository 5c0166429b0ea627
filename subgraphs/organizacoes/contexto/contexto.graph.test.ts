import type { Caller } from '../../../platform/caller';
import { aCaller, granting } from '../../../platform/testing/callers';
import { documentos } from '../testing/documentos';
import { type Organizacoes, startOrganizacoes } from '../testing/start-organizacoes';

let organizacoes: Organizacoes;
beforeAll(async () => {
  organizacoes = await startOrganizacoes();
});
afterAll(() => organizacoes.stop());

const campos = 'versao segmento versaoDoModelo documento modelo { nome } autor { id }';

const atualizar = `mutation ($dados: AtualizarContextoInput!) { atualizarContexto(dados: $dados) { ${campos} } }`;
const restaurar = `mutation ($dados: RestaurarContextoInput!) { restaurarContexto(dados: $dados) { ${campos} } }`;
const configurar = `mutation ($dados: ConfigurarOrganizacaoInput!) {
  configurarOrganizacao(dados: $dados) { segmento versao contexto { versao documento } }
}`;

const comServico = (nome: string) => ({ ...documentos.SERVICOS, servicos: [{ nome }] });

const atual = async (caller: Caller) =>
  (await organizacoes.organizacao(caller, `contexto { ${campos} }`)).contexto;

describe('the contexto', () => {
  it('is kept as it was told, version by version, with who told it', async () => {
    const caller = aCaller();
    const documento = comServico('Pão & 日本 🍞 “aspas” \\ \u2028 ß');
    const { atualizarContexto } = await organizacoes.data(caller, atualizar, {
      dados: { versao: 0, documento },
    });
    expect(atualizarContexto).toEqual({
      versao: 1,
      segmento: 'SERVICOS',
      versaoDoModelo: 1,
      documento,
      modelo: { nome: 'Serviços' },
      autor: { id: caller.usuarioId },
    });
    await organizacoes.data(caller, atualizar, { dados: { versao: 1, documento: comServico('Outro') } });
    expect(await atual(caller)).toMatchObject({ versao: 2, documento: comServico('Outro') });
    expect(await organizacoes.eventosDe(caller, 'ContextoAtualizado', caller.organizacaoId)).toEqual(
      [1, 2].map((versao) => ({ organizacaoId: caller.organizacaoId, versao })),
    );
  });

  it('is refused where it does not fit, place by place, repeating nothing', async () => {
    const caller = aCaller();
    const documento = {
      servicos: [{ nome: 'x' }, { nome: 3.5, segredo: 'q7z' }],
      areaDeAtendimento: { raioKm: 0 },
    };
    const answer = await organizacoes.run(caller, atualizar, { dados: { versao: 0, documento } });
    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      motivo: 'CONTEXTO_FORA_DO_MODELO',
      campos: [
        { campo: 'dados.documento.servicos.1', mensagem: expect.stringMatching(/não prevê/) },
        { campo: 'dados.documento.servicos.1.nome', mensagem: 'Deve ser um texto.' },
        { campo: 'dados.documento.areaDeAtendimento.raioKm', mensagem: 'Deve ser no mínimo 1.' },
      ],
    });
    expect(JSON.stringify(answer)).not.toMatch(/q7z|segredo/);
    expect(await atual(caller)).toBeNull();
  });

  it.each([
    ['too large', comServico('x'.repeat(70_000))],
    ['too deep', JSON.parse(`${'{"a":'.repeat(11)}1${'}'.repeat(11)}`)],
    ['text that nobody can store', comServico('a\u0000b')],
    ['a number that would become another', { ...documentos.SERVICOS, garantiaDias: 2 ** 53 }],
  ])('is refused as a whole when it is %s', async (_, documento) => {
    const answer = await organizacoes.run(aCaller(), atualizar, { dados: { versao: 0, documento } });
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.documento' }],
    });
    expect(JSON.stringify(answer).length).toBeLessThan(600);
  });

  it.each<[string, unknown]>([
    ['a list', []],
    ['a text', 'x'],
    ['a number', 1],
    ['false', false],
  ])('is an object, not %s', async (_, documento) => {
    expect(
      await organizacoes.errorOf(aCaller(), atualizar, { dados: { versao: 0, documento } }),
    ).toMatchObject({
      campos: [{ campo: 'dados.documento', mensagem: 'Deve ser um objeto.' }],
    });
  });

  it('may be written in the document of the request, where __proto__ is a field like any other', async () => {
    const escrito = (extra: string) =>
      `mutation { atualizarContexto(dados: { versao: 0, documento: {
        servicos: [{ nome: "x" }], areaDeAtendimento: { remoto: true } ${extra}
      } }) { documento } }`;
    const caller = aCaller();
    for (const extra of [
      '__proto__: { garantiaDias: 90 }',
      'constructor: { prototype: { garantiaDias: 90 } }',
    ]) {
      expect(await organizacoes.errorOf(caller, escrito(extra))).toMatchObject({
        campos: [{ campo: 'dados.documento' }],
      });
    }
    expect((await organizacoes.data(caller, escrito(''))).atualizarContexto.documento).toEqual({
      servicos: [{ nome: 'x' }],
      areaDeAtendimento: { remoto: true },
    });
  });

  it('gets one version of many that are written at once, without gaps', async () => {
    const caller = aCaller();
    for (const versao of [0, 1, 2]) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          organizacoes.run(caller, atualizar, { dados: { versao, documento: comServico(`${versao}.${n}`) } }),
        ),
      );
      const motivos = answers.flatMap(
        ({ errors }) => errors?.map(({ extensions }) => extensions?.motivo) ?? [],
      );
      expect(motivos).toEqual(Array(9).fill('VERSAO_DESATUALIZADA'));
    }
    // Nothing is stale here: each restores on top of whoever was before, unless that said the same.
    const restauradas = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        organizacoes.data(caller, restaurar, { dados: { versao: 1 + (n % 2) } }),
      ),
    );
    const ultima = Math.max(...restauradas.map(({ restaurarContexto }) => restaurarContexto.versao));
    expect(ultima).toBeGreaterThanOrEqual(5);
    const { historicoDoContexto } = await organizacoes.organizacao(
      caller,
      'historicoDoContexto(first: 100) { totalCount edges { node { versao } } }',
    );
    expect(historicoDoContexto.edges.map(({ node }: { node: { versao: number } }) => node.versao)).toEqual(
      Array.from({ length: ultima }, (_, n) => ultima - n),
    );
    expect(historicoDoContexto.totalCount).toBe(ultima);
  });

  it('gets no version that says what the last one does', async () => {
    const caller = aCaller();
    const documento = { ...comServico('Um'), garantiaDias: 90 };
    await organizacoes.data(caller, atualizar, { dados: { versao: 0, documento } });
    const igual = Object.fromEntries(Object.entries(documento).reverse());
    const dados = { versao: 1, documento: igual };
    const outra = aCaller({ organizacaoId: caller.organizacaoId });
    expect((await organizacoes.data(outra, atualizar, { dados })).atualizarContexto).toMatchObject({
      versao: 1,
      autor: { id: caller.usuarioId },
    });
    await organizacoes.data(outra, restaurar, { dados: { versao: 1 } });
    await organizacoes.data(outra, configurar, { dados: { versao: 0, contexto: dados } });
    expect(await organizacoes.errorOf(outra, atualizar, { dados: { ...dados, versao: 0 } })).toMatchObject({
      motivo: 'VERSAO_DESATUALIZADA',
    });
    expect(await organizacoes.auditadas(caller)).toEqual(['contexto.atualizar']);
    expect(await organizacoes.eventosDe(caller, 'ContextoAtualizado', caller.organizacaoId)).toHaveLength(1);
  });

  it('has a history that is read page by page, in both directions', async () => {
    const caller = aCaller();
    for (const versao of [0, 1, 2, 3, 4]) {
      await organizacoes.data(caller, atualizar, {
        dados: { versao, documento: comServico(String(versao)) },
      });
    }
    const pagina = async (args: string) =>
      (
        await organizacoes.organizacao(
          caller,
          `historicoDoContexto(${args}) { pageInfo { hasNextPage endCursor startCursor } edges { node { versao } } }`,
        )
      ).historicoDoContexto;
    const versoes = ({ edges }: { edges: { node: { versao: number } }[] }) =>
      edges.map(({ node }) => node.versao);
    const primeira = await pagina('first: 2');
    expect(versoes(primeira)).toEqual([5, 4]);
    const resto = await pagina(`first: 5, after: "${primeira.pageInfo.endCursor}"`);
    expect([versoes(resto), resto.pageInfo.hasNextPage]).toEqual([[3, 2, 1], false]);
    expect(versoes(await pagina(`last: 1, before: "${resto.pageInfo.startCursor}"`))).toEqual([4]);
  });

  it('belongs to one organization: another neither sees nor restores its versions', async () => {
    const [ana, bia] = [aCaller(), aCaller()];
    for (const versao of [0, 1]) {
      await organizacoes.data(ana, atualizar, { dados: { versao, documento: comServico('da Ana') } });
    }
    await organizacoes.data(bia, atualizar, { dados: { versao: 0, documento: comServico('da Bia') } });
    const answers = await Promise.all(
      [2, 99, 0, -1, 2_147_483_647].map((versao) => organizacoes.run(bia, restaurar, { dados: { versao } })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      campos: [{ campo: 'dados.versao' }],
    });
    expect(await atual(bia)).toMatchObject({ versao: 1, documento: comServico('da Bia') });
  });

  it('needs a permission to be written', async () => {
    const leitor = aCaller({ permissoes: granting(['organizacao:ler']) });
    const dados = { versao: 0, documento: documentos.SERVICOS };
    expect(await organizacoes.errorOf(leitor, atualizar, { dados })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await organizacoes.errorOf(leitor, restaurar, { dados: { versao: 1 } })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(
      (await organizacoes.data(leitor, '{ modelosDeContexto { segmento esquema } }')).modelosDeContexto,
    ).toHaveLength(3);
    expect(await organizacoes.errorOf(null, '{ modelosDeContexto { nome } }')).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('another segmento', () => {
  const comContexto = async () => {
    const caller = aCaller();
    await organizacoes.data(caller, atualizar, { dados: { versao: 0, documento: documentos.SERVICOS } });
    return caller;
  };

  it('is refused while the contexto does not fit it, saying where', async () => {
    const caller = await comContexto();
    const error = await organizacoes.errorOf(caller, configurar, { dados: { versao: 0, segmento: 'LOJA' } });
    expect(error).toMatchObject({ code: 'CONFLICT', motivo: 'CONTEXTO_INCOMPATIVEL' });
    expect(error?.campos).toContainEqual({
      campo: 'contexto.documento.canais',
      mensagem: 'Campo obrigatório.',
    });
    expect(await organizacoes.organizacao(caller, 'segmento versao')).toEqual({
      segmento: 'SERVICOS',
      versao: 0,
    });
  });

  it('is taken together with a contexto that fits it, and with no other', async () => {
    const caller = await comContexto();
    const dados = {
      versao: 0,
      segmento: 'LOJA',
      contexto: { versao: 1, documento: { canais: ['FAX'] } as object },
    };
    expect(await organizacoes.errorOf(caller, configurar, { dados })).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.contexto.documento.trocas' }, { campo: 'dados.contexto.documento.canais.0' }],
    });
    dados.contexto.documento = documentos.LOJA;
    expect((await organizacoes.data(caller, configurar, { dados })).configurarOrganizacao).toEqual({
      segmento: 'LOJA',
      versao: 1,
      contexto: { versao: 2, documento: documentos.LOJA },
    });
  });

  it('leaves versions that cannot be restored, until it is the former one again', async () => {
    const caller = await comContexto();
    const contexto = { versao: 1, documento: documentos.LOJA };
    await organizacoes.data(caller, configurar, { dados: { versao: 0, segmento: 'LOJA', contexto } });
    const error = await organizacoes.errorOf(caller, restaurar, { dados: { versao: 1 } });
    expect(error).toMatchObject({ code: 'CONFLICT', motivo: 'CONTEXTO_INCOMPATIVEL' });
    expect(error?.campos).toContainEqual({
      campo: 'contexto.documento.trocas',
      mensagem: 'Campo obrigatório.',
    });
    const deVolta = { versao: 2, documento: comServico('Volta') };
    await organizacoes.data(caller, configurar, {
      dados: { versao: 1, segmento: 'SERVICOS', contexto: deVolta },
    });
    expect(
      (await organizacoes.data(caller, restaurar, { dados: { versao: 1 } })).restaurarContexto,
    ).toMatchObject({
      versao: 4,
      documento: documentos.SERVICOS,
    });
  });

  it('never ends with a contexto of the former one, whichever comes first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const caller = aCaller();
      await Promise.all([
        organizacoes.run(caller, configurar, { dados: { versao: 0, segmento: 'LOJA' } }),
        organizacoes.run(caller, atualizar, { dados: { versao: 0, documento: documentos.SERVICOS } }),
      ]);
      const depois = await organizacoes.organizacao(caller, 'segmento contexto { segmento }');
      expect(depois.contexto?.segmento ?? 'LOJA').toBe(depois.segmento);
    }
  });
});
