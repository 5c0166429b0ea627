import { randomUUID } from 'node:crypto';
import { createSessoes, renovar, type Sessoes, sessaoInvalida } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios();
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());

describe('sair', () => {
  it('ends the session of who asks and no other', async () => {
    const { email, sessao, caller } = await sessoes.pessoa();
    const other = await sessoes.entrado(email);
    expect(await usuarios.data('mutation { sair }', {}, caller)).toEqual({ sair: true });
    expect(await usuarios.refusal(renovar, { token: sessao.tokenRenovacao })).toEqual(sessaoInvalida);
    expect(await sessoes.renovado(other.tokenRenovacao)).toBeDefined();
    expect(await usuarios.data('mutation { sair }', {}, caller)).toEqual({ sair: false });
    const events = await usuarios.rowsOf("SELECT dados FROM teia.outbox WHERE tipo = 'SessaoEncerrada'");
    expect(events).toEqual([{ dados: { usuarioId: caller.usuarioId, sessaoId: caller.sessaoId } }]);
    const entries = await usuarios.rowsOf('SELECT usuario_id, sessao_id FROM revogacao');
    expect(entries).toEqual([{ usuario_id: null, sessao_id: caller.sessaoId }]);
  });

  it('takes no other person`s session, nor one in another organization', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    for (const wrong of [{ usuarioId: randomUUID() }, { organizacaoId: randomUUID() }]) {
      expect(await usuarios.data('mutation { sair }', {}, { ...caller, ...wrong })).toEqual({ sair: false });
    }
    expect(await sessoes.renovado(sessao.tokenRenovacao)).toBeDefined();
  });

  it('answers a repeated request as it did, and a new one as it is', async () => {
    const { caller } = await sessoes.pessoa();
    const sairCom = (chaveIdempotencia: string) =>
      usuarios.data('mutation { sair }', {}, caller, { chaveIdempotencia });
    expect(await sairCom('uma')).toEqual({ sair: true });
    expect(await sairCom('uma')).toEqual({ sair: true });
    expect(await sairCom('outra')).toEqual({ sair: false });
  });

  it('is refused to anonymous', async () => {
    expect(await usuarios.refusal('mutation { sair }')).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
