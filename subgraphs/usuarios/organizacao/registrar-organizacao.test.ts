import type { Credencial } from '../identidade/identidade.repository';
import { agora, emTrintaDias, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { registrarOrganizacao } from './registrar-organizacao';

const dados = {
  organizacao: '  Padaria   do Zé ',
  nome: ' Zé  da Silva ',
  email: 'ze@exemplo.com',
  senha: 'senha do zé',
};
const ze: Credencial = { usuarioId: 'u1', senhaHash: 'hash-do-ze', ativo: true, vinculo: null };

type Given = { credencial?: Credencial | null; confere?: boolean; inserido?: boolean };

const cenario = ({ credencial = null, confere = true, inserido = true }: Given = {}) => {
  const written: [string, unknown][] = [];
  const write = (table: string) => async (row: unknown) => void written.push([table, row]);
  const literal = literalIdentity(
    {
      credencialPorEmail: async () => credencial,
      inserirUsuario: async (usuario) => {
        written.push(['usuario', usuario]);
        return inserido;
      },
    },
    {
      organizacoes: { inserir: write('organizacao') },
      membros: { inserir: write('membro') },
      sessoes: { inserir: write('sessao') },
    },
  );
  const senhas = { confere: jest.fn(async () => confere), hash: jest.fn(async () => 'hash-novo') };
  const issueAccessToken = jest.fn(async () => ({ tokenAcesso: 'acesso', expiraEm: agora }));
  const dependencies = {
    identity: literal.identity,
    senhas,
    issueAccessToken,
    environment: literalEnvironment(),
  };
  return { ...literal, dependencies, written, senhas, issueAccessToken };
};

const naoConcluido = { extensions: { code: 'CONFLICT', motivo: 'CADASTRO_NAO_CONCLUIDO' } };

describe('registrarOrganizacao', () => {
  it('makes the person, the organization, the tie and a session, in this order', async () => {
    const { dependencies, written, authors, issueAccessToken } = cenario();
    const { usuarioId, organizacaoId } = await registrarOrganizacao(dependencies, dados);
    expect({ usuarioId, organizacaoId }).toEqual({ usuarioId: 'id-1', organizacaoId: 'id-2' });
    expect(written).toEqual([
      [
        'usuario',
        {
          id: 'id-1',
          nome: 'Zé da Silva',
          email: 'ze@exemplo.com',
          senhaHash: 'hash-novo',
          ativo: true,
          criadoEm: agora,
        },
      ],
      ['organizacao', { nome: 'Padaria do Zé', criadaEm: agora }],
      ['membro', { id: 'id-4', usuarioId: 'id-1', perfil: 'ADMINISTRADOR', ativo: true, criadoEm: agora }],
      ['sessao', expect.objectContaining({ id: 'id-3', usuarioId: 'id-1', expiraEm: emTrintaDias })],
    ]);
    expect(issueAccessToken).toHaveBeenCalledWith(
      { usuarioId, organizacaoId, perfil: 'ADMINISTRADOR' },
      'id-3',
    );
    expect(authors).toEqual([{ usuarioId, organizacaoId, sessaoId: 'id-3' }]);
  });

  it('tells of each, without personal values', async () => {
    const { dependencies, recorded } = cenario();
    await registrarOrganizacao(dependencies, dados);
    expect(recorded.map(({ evento }) => evento)).toEqual([
      { tipo: 'UsuarioCriado', dados: { usuarioId: 'id-1' } },
      { tipo: 'OrganizacaoCriada', dados: { organizacaoId: 'id-2' } },
      { tipo: 'UsuarioAutenticado', dados: { usuarioId: 'id-1', sessaoId: 'id-3' } },
    ]);
    expect(JSON.stringify(recorded)).not.toMatch(/Zé|Padaria|exemplo|hash/);
  });

  it('gives the organization to the person who is there and knows the password', async () => {
    const { dependencies, written, senhas, recorded } = cenario({ credencial: ze });
    expect((await registrarOrganizacao(dependencies, dados)).usuarioId).toBe('u1');
    expect(senhas.confere).toHaveBeenCalledWith('senha do zé', 'hash-do-ze');
    expect(written.map(([table]) => table)).toEqual(['organizacao', 'membro', 'sessao']);
    expect(recorded.map(({ evento }) => evento.tipo)).toEqual(['OrganizacaoCriada', 'UsuarioAutenticado']);
  });

  it.each([
    ['the wrong password', { credencial: ze, confere: false }],
    ['a deactivated person', { credencial: { ...ze, ativo: false } }],
    ['a registration that another overtook', { inserido: false }],
  ])('does not say that it was %s', async (_, given) => {
    const { dependencies, written, recorded } = cenario(given);
    await expect(registrarOrganizacao(dependencies, dados)).rejects.toMatchObject(naoConcluido);
    expect(written.filter(([table]) => table !== 'usuario')).toEqual([]);
    expect(recorded).toEqual([]);
  });

  it.each([{}, { credencial: ze }, { credencial: ze, confere: false }])(
    'computes one password hash, whoever is there (%#)',
    async (given) => {
      const { dependencies, senhas } = cenario(given);
      await registrarOrganizacao(dependencies, dados).catch(() => {});
      expect(senhas.hash.mock.calls.length + senhas.confere.mock.calls.length).toBe(1);
    },
  );

  it('refuses the e-mail as password before anything else', async () => {
    const { dependencies, senhas } = cenario();
    const comEmail = { ...dados, senha: 'ZE@exemplo.com' };
    await expect(registrarOrganizacao(dependencies, comEmail)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    expect(senhas.hash).not.toHaveBeenCalled();
  });
});
