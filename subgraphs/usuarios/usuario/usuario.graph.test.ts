import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { permissions } from '../../../platform/permissions';
import { aCaller } from '../../../platform/testing/callers';
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
  await usuarios.admin.query("INSERT INTO membro VALUES (uuidv7(), $1, $2, 'ADMINISTRADOR', $3, now())", [
    organizacaoId,
    id,
    ativo,
  ]);
  return id;
};

const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Usuario { id nome membro { perfil organizacao { nome } usuario { nome } } }
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
    const query = '{ eu { id nome email membro { perfil permissoes desde organizacao { id nome } } } }';
    const { eu } = await usuarios.data(query, {}, ana);
    expect(eu).toEqual({
      id: ana.usuarioId,
      nome: 'Ana',
      email: 'ana@exemplo.com',
      membro: {
        perfil: 'ADMINISTRADOR',
        permissoes: permissions,
        desde: expect.stringMatching(/^\d{4}-.*Z$/),
        organizacao: { id: ana.organizacaoId, nome: 'Padaria' },
      },
    });
  });

  it('needs no permission, and costs one statement', async () => {
    const query = '{ eu { nome membro { organizacao { nome } usuario { membro { usuario { nome } } } } } }';
    const { texts } = await countStatements(() => usuarios.data(query, {}, { ...ana, permissoes: [] }));
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
    await usuarios.admin.query("INSERT INTO membro VALUES (uuidv7(), $1, $2, 'ADMINISTRADOR', true, now())", [
      bia.organizacaoId,
      ana.usuarioId,
    ]);
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

  it.each([
    ['anonymous', () => null, 'UNAUTHENTICATED'],
    ['somebody without usuarios:ler', () => ({ ...ana, permissoes: ['clientes:ler'] }), 'FORBIDDEN'],
  ])('is refused to %s', async (_, caller, code) => {
    const { data, errors } = await usuarios.run(entities, references('Usuario', [ana.usuarioId]), caller());
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });
});

describe('a reference to an Organizacao', () => {
  it('is answered for one`s own alone, by one statement', async () => {
    const ids = [bia.organizacaoId, ana.organizacaoId, randomUUID(), ''];
    const { result, texts } = await countStatements(() => referenced(ana, 'Organizacao', ...ids));
    expect(result).toEqual([null, { id: ana.organizacaoId, nome: 'Padaria' }, null, null]);
    expect(texts).toHaveLength(1);
  });

  it('is refused to anonymous', async () => {
    const variables = references('Organizacao', [ana.organizacaoId]);
    expect(await usuarios.refusal(entities, variables)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
