import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { permissionNames } from '../../../platform/permissions';
import { aCaller, granting } from '../../../platform/testing/callers';
import { countStatements } from '../../../platform/testing/count-statements';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let ana: Caller;
let bia: Caller;
beforeAll(async () => {
  usuarios = await startUsuarios();
  ana = await usuarios.registrado({ nome: 'Ana', email: 'ana@exemplo.com', organizacao: 'Padaria' });
  bia = await usuarios.registrado({ nome: 'Bia', organizacao: 'Oficina' });
});
afterAll(() => usuarios.stop());

/** Somebody more in an organization. */
const membro = async (organizacaoId: string, nome: string, ativo = true): Promise<string> => {
  const [{ id }] = await usuarios.rowsOf(
    `INSERT INTO usuario (id, nome, email, senha_hash, ativo, criado_em)
     VALUES (uuidv7(), $1, uuidv7() || '@exemplo.com', '', true, now()) RETURNING id`,
    [nome],
  );
  await vincular(organizacaoId, id, ativo);
  return id;
};

const vincular = (organizacaoId: string, usuarioId: string, ativo = true) =>
  usuarios.admin.query(
    `INSERT INTO membro (id, organizacao_id, usuario_id, ativo, versao, criado_em)
     VALUES (uuidv7(), $1, $2, $3, 1, now())`,
    [organizacaoId, usuarioId, ativo],
  );

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Usuario { id nome membro { ativo organizacao { nome } usuario { nome } } }
    ... on Organizacao { id nome }
  }
}`;
const references = (__typename: string, ids: readonly string[]) => ({
  representations: ids.map((id) => ({ __typename, id })),
});
const referenced = async (caller: Caller | null, typeName: string, ...ids: string[]) =>
  (await usuarios.data(entities, references(typeName, ids), caller))._entities;

describe('eu', () => {
  it('is who asks, in the organization of the token', async () => {
    const query = `{
      eu { id nome email membro { ativo versao perfis { embutido } permissoes { permissao } desde organizacao { id nome } } }
    }`;
    const { eu } = await usuarios.data(query, {}, ana);
    expect(eu).toEqual({
      id: ana.usuarioId,
      nome: 'Ana',
      email: 'ana@exemplo.com',
      membro: {
        ativo: true,
        versao: 1,
        perfis: [{ embutido: 'ADMINISTRADOR' }],
        permissoes: permissionNames.map((permissao) => ({ permissao })),
        desde: expect.stringMatching(/^\d{4}-.*Z$/),
        organizacao: { id: ana.organizacaoId, nome: 'Padaria' },
      },
    });
  });

  it('needs no permission, and costs one statement', async () => {
    const query = '{ eu { nome membro { organizacao { nome } usuario { membro { usuario { nome } } } } } }';
    const { texts } = await countStatements(() => usuarios.data(query, {}, { ...ana, permissoes: {} }));
    expect(texts).toHaveLength(1);
  });

  it.each([
    ['anonymous', () => null],
    ['somebody unknown', () => aCaller()],
    ['a person in an organization of others', () => ({ ...ana, organizacaoId: bia.organizacaoId })],
  ])('is refused to %s', async (_, caller) => {
    expect(await usuarios.refusal('{ eu { nome } }', {}, caller())).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('a reference to a Usuario', () => {
  it('is answered for members, active or not, and null for everybody else', async () => {
    const [ativa, saiu] = [
      await membro(ana.organizacaoId, 'Ativa'),
      await membro(ana.organizacaoId, 'Saiu', false),
    ];
    const answer = await referenced(
      ana,
      'Usuario',
      saiu,
      bia.usuarioId,
      ativa,
      randomUUID(),
      'não é um id',
      ana.usuarioId.toUpperCase(),
    );
    expect(answer).toEqual([
      { id: saiu, nome: 'Saiu', membro: expect.objectContaining({ usuario: { nome: 'Saiu' } }) },
      null,
      expect.objectContaining({ nome: 'Ativa' }),
      null,
      null,
      expect.objectContaining({ id: ana.usuarioId, nome: 'Ana' }),
    ]);
  });

  it('shows one person of two organizations as each knows them', async () => {
    await vincular(bia.organizacaoId, ana.usuarioId);
    for (const [caller, organizacao] of [
      [ana, 'Padaria'],
      [bia, 'Oficina'],
    ] as const) {
      expect(await referenced(caller, 'Usuario', ana.usuarioId)).toMatchObject([
        { nome: 'Ana', membro: { organizacao: { nome: organizacao } } },
      ]);
    }
  });

  it('costs one statement for however many', async () => {
    const { organizacaoId } = ana;
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) ids.push(await membro(organizacaoId, `Pessoa ${i}`));
    const { result, texts } = await countStatements(() => referenced(ana, 'Usuario', ...ids, ...ids));
    expect(result.map(({ id }: { id: string }) => id)).toEqual([...ids, ...ids]);
    expect(texts).toHaveLength(1);
  });

  it('is null for anonymous', async () => {
    expect(await referenced(null, 'Usuario', ana.usuarioId)).toEqual([null]);
  });

  it('is answered for oneself alone without usuarios:ler', async () => {
    const sozinha = { ...ana, permissoes: granting(['clientes:ler']) };
    const colega = await membro(ana.organizacaoId, 'Colega');
    expect(await referenced(sozinha, 'Usuario', colega, ana.usuarioId.toUpperCase())).toEqual([
      null,
      expect.objectContaining({ nome: 'Ana' }),
    ]);
  });
});

describe('a reference to an Organizacao', () => {
  it('is answered for one`s own alone, by one statement', async () => {
    const ids = [bia.organizacaoId, ana.organizacaoId, randomUUID(), ''];
    const { result, texts } = await countStatements(() => referenced(ana, 'Organizacao', ...ids));
    expect(result).toEqual([null, { id: ana.organizacaoId, nome: 'Padaria' }, null, null]);
    expect(texts).toHaveLength(1);
  });

  it('is null for anonymous', async () => {
    expect(await referenced(null, 'Organizacao', ana.organizacaoId)).toEqual([null]);
  });
});
