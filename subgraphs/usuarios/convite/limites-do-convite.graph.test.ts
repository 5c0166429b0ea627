import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { novoEmail } from '../testing/correio';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';
import { contarConvite } from './contar-convite';

const limits = memoryLimits();
let usuarios: Usuarios;
beforeAll(async () => {
  usuarios = await startUsuarios({ limits });
});
afterAll(() => usuarios.stop());

const reenviar = 'mutation ($id: ID!) { reenviarConvite(dados: { conviteId: $id }) { id } }';
const excesso = { code: 'RATE_LIMITED', motivo: 'MUITAS_TENTATIVAS' };

const plantar = () => plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));

/** So many invitations by one request. */
const convidando = (many: number, perfil: string, caller: Caller) => {
  const aliases = Array.from(
    { length: many },
    (_, i) => `c${i}: convidarUsuario(dados: { email: "${novoEmail()}", perfilIds: $perfis }) { id }`,
  );
  return usuarios.run(`mutation ($perfis: [ID!]!) { ${aliases.join('\n')} }`, { perfis: [perfil] }, caller);
};

it('lets one person send 50 invitations an hour, those sent again included, and others go on', async () => {
  const org = await plantar();
  const { caller } = await org.pessoa();
  const { data, errors } = await convidando(49, org.perfis.LEITURA, caller);
  expect(errors).toBeUndefined();
  const { c0 } = data as { c0: { id: string } };
  await usuarios.data(reenviar, { id: c0.id }, caller);
  const { errors: refused } = await convidando(2, org.perfis.LEITURA, caller);
  expect(refused?.[0]?.extensions).toEqual(excesso);
  expect(await usuarios.refusal(reenviar, { id: c0.id }, caller)).toEqual(excesso);
  const written = await usuarios.rowsOf('SELECT FROM confirmacao WHERE convite_organizacao_id = $1', [
    org.organizacaoId,
  ]);
  expect(written).toHaveLength(50);
  expect((await convidando(1, org.perfis.LEITURA, (await org.pessoa()).caller)).errors).toBeUndefined();
});

it('counts a person`s invitations whichever organization they are of', async () => {
  const org = await plantar();
  const { caller } = await org.pessoa();
  const emOutra = { usuarioId: caller.usuarioId, organizacaoId: v7() };
  for (let i = 0; i < 50; i += 1) await contarConvite(limits, emOutra);
  expect((await convidando(1, org.perfis.LEITURA, caller)).errors?.[0]?.extensions).toEqual(excesso);
});

it('lets one organization send 200 invitations a day, whoever sends them', async () => {
  const org = await plantar();
  const { caller } = await org.pessoa();
  const { organizacaoId } = org;
  for (let i = 0; i < 199; i += 1) await contarConvite(limits, { usuarioId: v7(), organizacaoId });
  expect((await convidando(1, org.perfis.LEITURA, caller)).errors).toBeUndefined();
  expect((await convidando(1, org.perfis.LEITURA, caller)).errors?.[0]?.extensions).toEqual(excesso);
});
