import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { permissionNames } from '../../../platform/permissions';
import { countStatements } from '../../../platform/testing/count-statements';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
beforeAll(async () => {
  usuarios = await startUsuarios();
});
afterAll(() => usuarios.stop());

const padaria = () => plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));

const criar = `mutation ($nome: String!, $concessoes: [ConcessaoInput!]!) {
  criarPerfil(dados: { nome: $nome, concessoes: $concessoes }) {
    id nome embutido versao concessoes { permissao alcance }
  }
}`;
const editar = `mutation ($id: ID!, $versao: Int!, $nome: String!, $concessoes: [ConcessaoInput!]!) {
  editarPerfil(dados: { id: $id, versao: $versao, nome: $nome, concessoes: $concessoes }) {
    nome versao concessoes { permissao alcance }
  }
}`;
const excluir = 'mutation ($id: ID!) { excluirPerfil(dados: { id: $id }) { id definitiva } }';
const ler = [{ permissao: 'clientes:ler', alcance: 'EQUIPE' }];

const criado = async (caller: Caller, nome = 'Caixa', concessoes: object[] = ler) =>
  (await usuarios.data(criar, { nome, concessoes }, caller)).criarPerfil;
const revogados = (usuarioId: string) =>
  usuarios.rowsOf('SELECT desde, organizacao_id FROM revogacao WHERE usuario_id = $1', [usuarioId]);
const dar = (membroId: string, organizacaoId: string, perfilId: string) =>
  usuarios.admin.query(
    'INSERT INTO membro_perfil (organizacao_id, membro_id, perfil_id) VALUES ($1, $2, $3)',
    [organizacaoId, membroId, perfilId],
  );

describe('perfis', () => {
  it('are those of every organization and its own, with what they grant, by one statement', async () => {
    const { pessoa } = await padaria();
    const { caller } = await pessoa();
    await criado(caller, 'Caixa');
    await criado((await (await padaria()).pessoa()).caller, 'De outros');
    const query = '{ perfis { nome embutido concessoes { permissao alcance } } }';
    const { result, texts } = await countStatements(() => usuarios.data(query, {}, caller));
    expect(result.perfis.map(({ nome }: { nome: string }) => nome)).toEqual([
      'Administrador',
      'Gerente',
      'Vendedor',
      'Atendente',
      'Financeiro',
      'Leitura',
      'Caixa',
    ]);
    expect(result.perfis[2]).toMatchObject({ embutido: 'VENDEDOR' });
    expect(result.perfis[2].concessoes).toContainEqual({ permissao: 'vendas:ler', alcance: 'PROPRIOS' });
    expect(result.perfis[6]).toEqual({ nome: 'Caixa', embutido: null, concessoes: ler });
    expect(texts).toHaveLength(1);
  });

  it('may grant what `permissoes` lists', async () => {
    const { caller } = await (await padaria()).pessoa(['LEITURA']);
    const { permissoes } = await usuarios.data('{ permissoes { codigo descricao comAlcance } }', {}, caller);
    expect(permissoes.map(({ codigo }: { codigo: string }) => codigo)).toEqual([...permissionNames]);
  });
});

describe('a perfil', () => {
  it('is created, changed and excluded', async () => {
    const { caller } = await (await padaria()).pessoa();
    const perfil = await criado(caller, '  Caixa   da manhã ');
    expect(perfil).toMatchObject({ nome: 'Caixa da manhã', embutido: null, versao: 1, concessoes: ler });
    const depois = { id: perfil.id, versao: 1, nome: 'Caixa', concessoes: [{ permissao: 'vendas:ler' }] };
    expect((await usuarios.data(editar, depois, caller)).editarPerfil).toEqual({
      nome: 'Caixa',
      versao: 2,
      concessoes: [{ permissao: 'vendas:ler', alcance: 'TODOS' }],
    });
    expect(await usuarios.refusal(editar, depois, caller)).toMatchObject({ motivo: 'VERSAO_DESATUALIZADA' });
    expect((await usuarios.data(excluir, { id: perfil.id }, caller)).excluirPerfil).toEqual({
      id: perfil.id,
      definitiva: true,
    });
    expect(await usuarios.refusal(excluir, { id: perfil.id }, caller)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has a name of its own, however it is written, in its organization alone', async () => {
    const { caller } = await (await padaria()).pessoa();
    await criado(caller, 'Balcão');
    for (const nome of ['BALCAO', ' balcão ', 'Balca\u0303o', 'vendedor', 'Ｂalcão']) {
      expect(await usuarios.refusal(criar, { nome, concessoes: [] }, caller)).toMatchObject({
        code: 'CONFLICT',
        motivo: 'PERFIL_JA_EXISTE',
      });
    }
    const { id } = await criado(caller, 'Caixa 🧾');
    const renomear = { id, versao: 1, nome: 'balcao', concessoes: [] };
    expect(await usuarios.refusal(editar, renomear, caller)).toMatchObject({ motivo: 'PERFIL_JA_EXISTE' });
    expect(await criado((await (await padaria()).pessoa()).caller, 'Balcão')).toMatchObject({ versao: 1 });
  });

  it('of those created at once under one name is one', async () => {
    const { caller } = await (await padaria()).pessoa();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => usuarios.run(criar, { nome: 'Caixa', concessoes: ler }, caller)),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
  });

  it('that every organization has stays as it is', async () => {
    const { pessoa, perfis } = await padaria();
    const { caller } = await pessoa();
    const mudanca = { id: perfis.LEITURA, versao: 1, nome: 'Leitura', concessoes: ler };
    const embutido = { code: 'CONFLICT', motivo: 'PERFIL_EMBUTIDO' };
    expect(await usuarios.refusal(editar, mudanca, caller)).toMatchObject(embutido);
    expect(await usuarios.refusal(excluir, { id: perfis.LEITURA }, caller)).toMatchObject(embutido);
  });

  it('that somebody has, active or not, cannot be excluded', async () => {
    const { pessoa, organizacaoId } = await padaria();
    const { caller } = await pessoa();
    const { id } = await criado(caller);
    const outra = await pessoa([]);
    await dar(outra.membroId, organizacaoId, id);
    await usuarios.admin.query('UPDATE membro SET ativo = false WHERE id = $1', [outra.membroId]);
    expect(await usuarios.refusal(excluir, { id }, caller)).toMatchObject({ motivo: 'PERFIL_EM_USO' });
  });

  it('of others is not there, just as one that is missing', async () => {
    const { caller } = await (await padaria()).pessoa();
    const alheio = (await criado((await (await padaria()).pessoa()).caller)).id;
    for (const [mutation, others] of [
      [editar, { versao: 1, nome: 'Meu', concessoes: [] }],
      [excluir, {}],
    ] as const) {
      const [foreign, missing] = await Promise.all(
        [alheio, randomUUID()].map((id) => usuarios.run(mutation, { id, ...others }, caller)),
      );
      expect(foreign?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
      expect(foreign).toEqual(missing);
    }
  });

  it('is refused with permissions that there are not, that come twice or cannot be limited', async () => {
    const { caller } = await (await padaria()).pessoa();
    const concessoes = [
      { permissao: 'clientes:ler' },
      { permissao: 'clientes:ler', alcance: 'EQUIPE' },
      { permissao: 'usuarios:ler', alcance: 'PROPRIOS' },
      { permissao: 'tudo' },
    ];
    expect(await usuarios.refusal(criar, { nome: 'X', concessoes }, caller)).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [
        { campo: 'dados.concessoes.1.permissao' },
        { campo: 'dados.concessoes.2.alcance' },
        { campo: 'dados.concessoes.3.permissao' },
      ],
    });
    const muitas = Array.from({ length: 500 }, () => ({ permissao: 'clientes:ler' }));
    expect(await usuarios.refusal(criar, { nome: 'X', concessoes: muitas }, caller)).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.concessoes' }],
    });
  });
});

describe('nobody grants what they do not have', () => {
  const alem = { code: 'FORBIDDEN', motivo: 'ALEM_DAS_SUAS_PERMISSOES' };
  /** Somebody who administers perfis and sees what colleagues own. */
  const encarregado = async () => {
    const { pessoa, organizacaoId } = await padaria();
    const { caller: administrador } = await pessoa();
    const { id } = await criado(administrador, 'Encarregado', [{ permissao: 'perfis:administrar' }, ...ler]);
    const { caller, membroId } = await pessoa([]);
    await dar(membroId, organizacaoId, id);
    return { administrador, caller: { ...caller, permissoes: administrador.permissoes }, membroId, id };
  };

  it('nor gives it a wider reach, whatever the token says', async () => {
    const { caller } = await encarregado();
    for (const concessao of [
      { permissao: 'clientes:ler' },
      { permissao: 'vendas:ler', alcance: 'PROPRIOS' },
    ]) {
      expect(await usuarios.refusal(criar, { nome: 'X', concessoes: [concessao] }, caller)).toMatchObject(
        alem,
      );
    }
    expect(
      await criado(caller, 'Próprios', [{ permissao: 'clientes:ler', alcance: 'PROPRIOS' }]),
    ).toBeTruthy();
  });

  it('nor raises or lowers a perfil that grants more', async () => {
    const { administrador, caller, id } = await encarregado();
    const proprio = { id, versao: 1, nome: 'Encarregado', concessoes: [{ permissao: 'clientes:ler' }] };
    expect(await usuarios.refusal(editar, proprio, caller)).toMatchObject(alem);
    const maior = await criado(administrador, 'Maior', [{ permissao: 'vendas:ler' }]);
    const menor = { id: maior.id, versao: 1, nome: 'Menor', concessoes: [] };
    expect(await usuarios.refusal(editar, menor, caller)).toMatchObject(alem);
  });

  it.each([
    ['who just lost the permission', 'DELETE FROM membro_perfil WHERE membro_id = $1', 'FORBIDDEN'],
    ['who was just deactivated', 'UPDATE membro SET ativo = false WHERE id = $1', 'UNAUTHENTICATED'],
  ])('by a token of before: %s', async (_, sql, code) => {
    const { caller, membroId } = await encarregado();
    await usuarios.admin.query(sql, [membroId]);
    expect(await usuarios.refusal(criar, { nome: 'X', concessoes: [] }, caller)).toMatchObject({ code });
  });

  it.each(['GERENTE', 'VENDEDOR', 'ATENDENTE', 'FINANCEIRO', 'LEITURA'] as const)('as %s', async (perfil) => {
    const { pessoa, perfis } = await padaria();
    const { caller } = await pessoa([perfil]);
    for (const [mutation, variables] of [
      [criar, { nome: 'X', concessoes: [] }],
      [editar, { id: perfis.LEITURA, versao: 1, nome: 'X', concessoes: [] }],
      [excluir, { id: perfis.LEITURA }],
    ] as const) {
      expect(await usuarios.refusal(mutation, variables, caller)).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('a change of what a perfil grants', () => {
  it('refuses the access tokens of all who have it, and nobody else`s', async () => {
    const { pessoa, organizacaoId } = await padaria();
    const { caller } = await pessoa();
    const { id } = await criado(caller);
    const [tem, naoTem] = [await pessoa([]), await pessoa(['LEITURA'])];
    await dar(tem.membroId, organizacaoId, id);

    const renomeado = { id, versao: 1, nome: 'Outro nome', concessoes: ler };
    await usuarios.data(editar, renomeado, caller);
    expect(await revogados(tem.caller.usuarioId)).toEqual([]);

    const before = Date.now();
    await usuarios.data(editar, { ...renomeado, versao: 2, concessoes: [] }, caller);
    const [{ desde, organizacao_id }, ...more] = await revogados(tem.caller.usuarioId);
    expect(more).toEqual([]);
    expect(organizacao_id).toBe(caller.organizacaoId);
    expect(desde.getTime()).toBeGreaterThanOrEqual(before);
    for (const other of [naoTem.caller, caller]) expect(await revogados(other.usuarioId)).toEqual([]);
  });

  it('is told, once, and that nothing changed is not', async () => {
    const { caller } = await (await padaria()).pessoa();
    const { id } = await criado(caller);
    const events = () =>
      usuarios.rowsOf("SELECT dados FROM teia.outbox WHERE agregado_tipo = 'Perfil' AND agregado_id = $1", [
        id,
      ]);
    expect(await events()).toEqual([{ dados: { perfilId: id, campos: ['nome', 'concessoes'] } }]);
    await usuarios.data(editar, { id, versao: 1, nome: 'Caixa', concessoes: ler }, caller);
    expect(await events()).toHaveLength(1);
    expect(JSON.stringify(await events())).not.toContain('Caixa');
  });
});
