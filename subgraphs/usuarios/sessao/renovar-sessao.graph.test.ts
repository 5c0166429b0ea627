import { decodeJwt } from 'jose';
import { Client } from 'pg';
import { realEnvironment } from '../../../platform/environment';
import { until } from '../../../platform/testing/until';
import { callerOf, createSessoes, renovar, type Sessoes, sessaoInvalida } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let passedMs = 0;
const agora = () => new Date(Date.now() + passedMs);
let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios({ environment: { ...realEnvironment, agora } });
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());

const simultanea = { code: 'UNAUTHENTICATED', motivo: 'RENOVACAO_SIMULTANEA' };

const refused = (token: string) => usuarios.refusal(renovar, { token });
const stored = async (sessaoId: string) =>
  (await usuarios.rowsOf('SELECT * FROM sessao WHERE id = $1', [sessaoId]))[0];
const entriesOf = (id: string) =>
  usuarios.rowsOf('SELECT * FROM revogacao WHERE sessao_id = $1 OR usuario_id = $1', [id]);
const recordsOf = (tipo: string, sessaoId: string) =>
  usuarios.rowsOf(
    "SELECT * FROM teia.outbox WHERE tipo = $1 AND $2 IN (dados ->> 'sessaoId', dados ->> 'entidadeId')",
    [tipo, sessaoId],
  );

describe('renovarSessao', () => {
  it('gives new tokens for the same session, again and again', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    let token = sessao.tokenRenovacao;
    for (let i = 0; i < 3; i++) {
      const renovada = await sessoes.renovado(token);
      expect(callerOf(renovada.tokenAcesso)).toEqual(caller);
      expect(renovada.usuario).toEqual({ id: caller.usuarioId, nome: 'Ana' });
      expect(renovada.tokenRenovacao).not.toBe(token);
      token = renovada.tokenRenovacao;
    }
  });

  it('of 50 at once with one token, exactly one succeeds, and the session goes on', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => usuarios.run(renovar, { token: sessao.tokenRenovacao })),
    );
    const [winner, ...others] = answers.filter(({ errors }) => !errors);
    expect(others).toEqual([]);
    const lost = answers.filter(({ errors }) => errors).map(({ errors }) => errors?.[0]?.extensions);
    expect(lost).toEqual(Array.from({ length: 49 }, () => simultanea));
    const renovada = winner?.data?.renovarSessao as { tokenRenovacao: string };
    expect(await sessoes.renovado(renovada.tokenRenovacao)).toBeDefined();
    expect(await entriesOf(caller.sessaoId)).toEqual([]);
  });

  it('does not lengthen the 30 days', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const fim = 'SELECT expira_em - criada_em = $2::interval AS fixo FROM sessao WHERE id = $1';
    await sessoes.renovado(sessao.tokenRenovacao);
    expect(await usuarios.rowsOf(fim, [caller.sessaoId, '30 days'])).toEqual([{ fixo: true }]);
  });

  it('keeps when and from where the session was used last', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const before = await stored(caller.sessaoId);
    const info = { ip: '2001:db8::7', userAgent: 'Navegador ñ 🐟' };
    await usuarios.data(renovar, { token: sessao.tokenRenovacao }, null, info);
    const after = await stored(caller.sessaoId);
    expect(after).toMatchObject({ ip: info.ip, user_agent: info.userAgent, criada_em: before.criada_em });
    expect(after.usada_em.getTime()).toBeGreaterThan(before.usada_em.getTime());
  });

  it.each([
    ['a session that expired', 'UPDATE sessao SET expira_em = now() WHERE id = $1'],
    ['a session that was revoked', 'UPDATE sessao SET revogada_em = now() WHERE id = $1'],
    [
      'a deactivated person',
      'UPDATE usuario SET ativo = false WHERE id = (SELECT usuario_id FROM sessao WHERE id = $1)',
    ],
    [
      'a deactivated tie',
      'UPDATE membro SET ativo = false WHERE usuario_id = (SELECT usuario_id FROM sessao WHERE id = $1)',
    ],
  ])('refuses %s', async (_, sql) => {
    const { sessao, caller } = await sessoes.pessoa();
    await usuarios.admin.query(sql, [caller.sessaoId]);
    expect(await refused(sessao.tokenRenovacao)).toEqual(sessaoInvalida);
  });

  it.each(['', 'nada', '🔑', "' OR '1'='1", 'a'.repeat(1_000_000)])(
    'refuses a made-up token (%#)',
    async (token) => {
      expect(await refused(token)).toEqual(sessaoInvalida);
    },
  );

  it('does not take what is stored, nor an access token', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    for (const token of [(await stored(caller.sessaoId)).token_hash, sessao.tokenAcesso]) {
      expect(await refused(token)).toEqual(sessaoInvalida);
    }
    await sessoes.renovado(sessao.tokenRenovacao);
    const [usado] = await usuarios.rowsOf('SELECT hash FROM token_usado WHERE sessao_id = $1', [
      caller.sessaoId,
    ]);
    expect(await refused(usado.hash)).toEqual(sessaoInvalida);
  });

  it('survives the loss of the database in the middle', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const holder = new Client(usuarios.database.adminUrl);
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM sessao WHERE id = $1 FOR UPDATE', [caller.sessaoId]);
    const renewal = usuarios.refusal(renovar, { token: sessao.tokenRenovacao });
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    const [{ pid }] = await until(async () => {
      const rows = await usuarios.rowsOf(waiting);
      return rows.length > 0 && rows;
    });
    await usuarios.admin.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(await renewal).toBeDefined();
    await holder.query('ROLLBACK');
    await holder.end();
    expect(await sessoes.renovado(sessao.tokenRenovacao)).toBeDefined();
  });
});

describe('a refresh token that was used', () => {
  it('is only refused within 10 s', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const renovada = await sessoes.renovado(sessao.tokenRenovacao);
    expect(await refused(sessao.tokenRenovacao)).toEqual(simultanea);
    passedMs += 9_000;
    expect(await refused(sessao.tokenRenovacao)).toEqual(simultanea);
    expect(await entriesOf(caller.sessaoId)).toEqual([]);
    expect(await sessoes.renovado(renovada.tokenRenovacao)).toBeDefined();
  });

  it.each([1, 3])(
    'ends the session of its family when it comes again later, %p renewals on',
    async (renewals) => {
      const { email, sessao, caller } = await sessoes.pessoa();
      const other = await sessoes.entrado(email);
      let current = sessao;
      for (let i = 0; i < renewals; i++) current = await sessoes.renovado(current.tokenRenovacao);
      passedMs += 10_000;
      const before = agora().getTime();
      const replays = await Promise.all(Array.from({ length: 20 }, () => refused(sessao.tokenRenovacao)));
      expect(replays).toEqual(replays.map(() => sessaoInvalida));
      expect(await refused(current.tokenRenovacao)).toEqual(sessaoInvalida);

      const [entry, ...rest] = await entriesOf(caller.sessaoId);
      expect(rest).toEqual([]);
      expect(entry).toMatchObject({ sessao_id: caller.sessaoId, usuario_id: null });
      expect(entry.desde.getTime()).toBeGreaterThan(before);
      expect(await recordsOf('SessaoComprometida', caller.sessaoId)).toMatchObject([
        { agregado_id: caller.usuarioId, dados: { usuarioId: caller.usuarioId, sessaoId: caller.sessaoId } },
      ]);
      const audited = (await recordsOf('RegistroDeAuditoria', caller.sessaoId)).map(
        ({ dados }) => dados.acao,
      );
      expect(audited.sort()).toEqual(['sessao.entrar', 'sessao.reuso']);
      expect(await sessoes.renovado(other.tokenRenovacao)).toBeDefined();
    },
  );

  it('ends the session also where it went on, in another organization', async () => {
    const trocar = `mutation ($organizacaoId: ID!) {
      trocarOrganizacao(dados: { organizacaoId: $organizacaoId }) { tokenAcesso tokenRenovacao }
    }`;
    const { email, sessao, caller } = await sessoes.pessoa();
    const { organizacaoId } = await usuarios.registrado({ email });
    const ladra = await sessoes.renovado(sessao.tokenRenovacao);
    const { trocarOrganizacao: nova } = await usuarios.data(
      trocar,
      { organizacaoId },
      callerOf(ladra.tokenAcesso),
    );
    const seguinte = await sessoes.renovado(nova.tokenRenovacao);
    const { sessaoId } = callerOf(nova.tokenAcesso);
    passedMs += 10_000;
    expect(await refused(sessao.tokenRenovacao)).toEqual(sessaoInvalida);
    expect(await refused(seguinte.tokenRenovacao)).toEqual(sessaoInvalida);
    expect(await entriesOf(sessaoId)).toHaveLength(1);
    expect(await recordsOf('SessaoComprometida', sessaoId)).toMatchObject([
      { organizacao_id: organizacaoId, dados: { usuarioId: caller.usuarioId, sessaoId } },
    ]);
  });

  it('does nothing to a session that is over', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    await sessoes.renovado(sessao.tokenRenovacao);
    await usuarios.data('mutation { sair }', {}, caller);
    passedMs += 10_000;
    const before = await entriesOf(caller.sessaoId);
    expect(await refused(sessao.tokenRenovacao)).toEqual(sessaoInvalida);
    expect(await entriesOf(caller.sessaoId)).toEqual(before);
    expect(await recordsOf('SessaoComprometida', caller.sessaoId)).toEqual([]);
  });
});

describe('a token that is issued while rights change', () => {
  const emitidoEm = (token: string): number => Math.round(Number(decodeJwt(token).iat) * 1000);

  it('is never younger than the revocation and says what was before it', async () => {
    const { email, sessao, caller } = await sessoes.pessoa();
    const bia = await usuarios.registrado({ nome: 'Bia' });
    const plantar = (sql: string, values: unknown[]) => usuarios.admin.query(sql, values);
    await plantar(
      `INSERT INTO membro (id, organizacao_id, usuario_id, ativo, versao, criado_em)
       VALUES (uuidv7(), $1, $2, true, 1, now())`,
      [caller.organizacaoId, bia.usuarioId],
    );
    await plantar(
      `INSERT INTO membro_perfil SELECT organizacao_id, membro.id, perfil.id
       FROM membro JOIN perfil USING (organizacao_id)
       WHERE organizacao_id = $1 AND usuario_id = $2 AND embutido = 'ADMINISTRADOR'`,
      [caller.organizacaoId, bia.usuarioId],
    );
    const [{ id: membroId }] = await usuarios.rowsOf('SELECT id FROM membro WHERE usuario_id = $1', [
      caller.usuarioId,
    ]);
    const perfis = new Map<string, string>();
    for (const { embutido, id } of await usuarios.rowsOf(
      'SELECT embutido, id FROM perfil WHERE organizacao_id = $1',
      [caller.organizacaoId],
    )) {
      perfis.set(embutido, id);
    }
    const alterar = `mutation ($dados: AlterarPerfisDoMembroInput!) { alterarPerfisDoMembro(dados: $dados) { id } }`;
    const como = { ...bia, organizacaoId: caller.organizacaoId };

    let current = sessao;
    for (const embutido of ['LEITURA', 'ADMINISTRADOR', 'LEITURA', 'ADMINISTRADOR', 'LEITURA']) {
      const dados = { membroId, perfilIds: [perfis.get(embutido)] };
      const [, renovada, ...entradas] = await Promise.all([
        usuarios.data(alterar, { dados }, como),
        sessoes.renovado(current.tokenRenovacao),
        sessoes.entrado(email),
        sessoes.entrado(email),
      ]);
      current = renovada;
      const desde = (await entriesOf(caller.usuarioId)).map((entry) => entry.desde.getTime());
      const last = Math.max(...desde);
      for (const { tokenAcesso } of [renovada, ...entradas]) {
        const administra = 'usuarios:administrar' in callerOf(tokenAcesso).permissoes;
        if (administra !== (embutido === 'ADMINISTRADOR')) {
          expect(emitidoEm(tokenAcesso)).toBeLessThan(last);
        }
      }
      const seguinte = await sessoes.entrado(email);
      expect('usuarios:administrar' in callerOf(seguinte.tokenAcesso).permissoes).toBe(
        embutido === 'ADMINISTRADOR',
      );
      expect(emitidoEm(seguinte.tokenAcesso)).toBeGreaterThanOrEqual(last);
    }
  });
});
