import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { auditAmong, eventsAmong } from '../../../platform/events/testing/outbox';
import { log } from '../../../platform/log';
import { readSigningKeys } from '../../../platform/signing-keys';
import { aCaller } from '../../../platform/testing/callers';
import { countStatements } from '../../../platform/testing/count-statements';
import { callerOf, createSessoes, entrar, type Sessoes } from '../testing/sessoes';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios();
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());

const credenciaisInvalidas = { code: 'UNAUTHENTICATED', motivo: 'CREDENCIAIS_INVALIDAS' };

describe('entrar', () => {
  it('answers who entered and a token that the published keys verify', async () => {
    const registered = await usuarios.registrado({ email: 'ana@exemplo.com', organizacao: 'Padaria da Ana' });
    const { tokenAcesso, tokenRenovacao, expiraEm, usuario } = await sessoes.entrado(' ANA@Exemplo.com');
    expect(usuario).toEqual({
      id: registered.usuarioId,
      nome: 'Ana',
      email: 'ana@exemplo.com',
      membro: {
        organizacao: { nome: 'Padaria da Ana' },
        usuario: { nome: 'Ana' },
      },
    });
    expect(tokenRenovacao).toMatch(/^[\w-]{43}$/);
    const { jwks } = await readSigningKeys(usuarios.signingKeysFile);
    const { payload } = await jwtVerify(tokenAcesso, createLocalJWKSet(await jwks()), { typ: 'at+jwt' });
    expect(payload).toMatchObject({ sub: registered.usuarioId, org: registered.organizacaoId });
    expect(new Date(expiraEm).getTime()).toBe(Number(payload.exp) * 1000);
  });

  it('is not changed by who asks, nor by an Idempotency-Key', async () => {
    const { email } = await sessoes.pessoa();
    const asSomebodyElse = () =>
      usuarios.data(entrar, { email, senha }, aCaller(), { chaveIdempotencia: 'chave' });
    const [one, other] = [await asSomebodyElse(), await asSomebodyElse()];
    expect(one.entrar.tokenRenovacao).not.toBe(other.entrar.tokenRenovacao);
    expect(await usuarios.rowsOf('SELECT * FROM teia.idempotencia')).toEqual([]);
  });

  it('keeps neither token nor password nor address outside of their columns', async () => {
    const { email, sessao, caller } = await sessoes.pessoa();
    const kept = await usuarios.rowsOf(
      'SELECT s.*, o.dados FROM sessao s, teia.outbox o WHERE s.organizacao_id = $1',
      [caller.organizacaoId],
    );
    expect(kept.length).toBeGreaterThan(0);
    const text = JSON.stringify(kept);
    for (const secret of [email, senha, sessao.tokenRenovacao, sessao.tokenAcesso]) {
      expect(text).not.toContain(secret);
    }
  });

  it('audits who entered, from where', async () => {
    const { caller } = await sessoes.pessoa();
    const outbox = await usuarios.rowsOf("SELECT * FROM teia.outbox WHERE dados ->> 'sessaoId' = $1", [
      caller.sessaoId,
    ]);
    expect(auditAmong(outbox)).toMatchObject([
      { acao: 'sessao.entrar', usuarioId: caller.usuarioId, ip: '127.0.0.1', userAgent: 'jest' },
    ]);
    expect(eventsAmong(outbox)).toMatchObject([
      { tipo: 'UsuarioAutenticado', agregado_id: caller.usuarioId },
    ]);
  });

  it('goes to the organization used last, or else to the oldest', async () => {
    const email = `${randomUUID()}@exemplo.com`;
    const oldest = await usuarios.registrado({ email });
    const newest = await usuarios.registrado({ email });
    for (const { organizacaoId, usuarioId } of [oldest, newest]) {
      await usuarios.admin.query(
        `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
         VALUES (uuidv7(), $1, $2, uuidv7()::text, now(), now(), now())`,
        [organizacaoId, usuarioId],
      );
    }
    const atras = (organizacaoId: string, intervalo: string) =>
      usuarios.admin.query('UPDATE sessao SET usada_em = now() - $2::interval WHERE organizacao_id = $1', [
        organizacaoId,
        intervalo,
      ]);
    const entrou = async () => callerOf((await sessoes.entrado(email)).tokenAcesso).organizacaoId;
    await atras(oldest.organizacaoId, '2 days');
    expect(await entrou()).toBe(newest.organizacaoId);
    await atras(newest.organizacaoId, '3 days');
    expect(await entrou()).toBe(oldest.organizacaoId);
    await usuarios.admin.query('DELETE FROM sessao WHERE usuario_id = $1', [oldest.usuarioId]);
    expect(await entrou()).toBe(oldest.organizacaoId);
    await usuarios.admin.query('UPDATE membro SET ativo = false WHERE organizacao_id = $1', [
      oldest.organizacaoId,
    ]);
    expect(await entrou()).toBe(newest.organizacaoId);
  });

  it.each([
    ['an unknown address', async () => ({ email: 'ninguem@exemplo.com' })],
    ['a wrong password', async () => ({ email: (await sessoes.pessoa()).email, senha: `${senha}!` })],
    ['an empty password', async () => ({ email: (await sessoes.pessoa()).email, senha: '' })],
    ['a deactivated person', () => deactivated('UPDATE usuario SET ativo = false WHERE id = $1')],
    ['a deactivated tie', () => deactivated('UPDATE membro SET ativo = false WHERE usuario_id = $1')],
    ['a person of no organization', () => deactivated('DELETE FROM membro WHERE usuario_id = $1')],
  ])('answers %s alike, by one statement, and logs nothing', async (_, given) => {
    const logged = jest.spyOn(log, 'error');
    const variables = { senha, ...(await given()) };
    const { result, texts } = await countStatements(() => usuarios.run(entrar, variables));
    expect(result).toEqual({
      data: null,
      errors: [
        { message: 'E-mail ou senha incorretos.', path: ['entrar'], extensions: credenciaisInvalidas },
      ],
    });
    expect(texts).toHaveLength(1);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  const deactivated = async (sql: string) => {
    const { email, caller } = await sessoes.pessoa();
    await usuarios.admin.query(sql, [caller.usuarioId]);
    return { email };
  };

  it.each([
    ['no address', { email: '' }, 'email'],
    ['something else', { email: "' OR 1=1 --" }, 'email'],
    ['a huge address', { email: `${'a'.repeat(1_000_000)}@b.com` }, 'email'],
    ['a huge password', { senha: '🔑'.repeat(129) }, 'dados.senha'],
    ['a password that nobody could store', { senha: 'a\u0000' }, 'dados.senha'],
    ['half a character', { senha: '\ud800' }, 'dados.senha'],
    ['a null', { senha: null }, 'senha'],
  ])('refuses %s, repeating none of it', async (_, wrong, campo) => {
    const answer = await usuarios.run(entrar, { email: 'ana@exemplo.com', senha, ...wrong });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo }] });
    expect(JSON.stringify(answer).length).toBeLessThan(500);
  });
});
