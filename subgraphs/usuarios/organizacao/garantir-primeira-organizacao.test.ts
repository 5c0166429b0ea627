import { literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { garantirPrimeiraOrganizacao } from './garantir-primeira-organizacao';

const first = { email: ' Raiz@Exemplo.com', senha: 'senha da raiz', organizacao: ' Minha  Empresa ' };

/** @param organizacoes whether there is an organization, each time that it is asked. */
const cenario = (...organizacoes: boolean[]) => {
  const written: [string, object][] = [];
  const { identity, recorded, authors } = literalIdentity(
    {
      haOrganizacao: async () => organizacoes.shift() ?? false,
      travarInstalacao: async () => {},
      inserirUsuario: async (usuario) => {
        written.push(['usuario', usuario]);
        return true;
      },
    },
    {
      organizacoes: {
        travar: async () => true,
        inserir: async (row: object) => void written.push(['organizacao', row]),
      },
      membros: {
        travarDaPessoa: async () => null,
        inserir: async (row: object) => void written.push(['membro', row]),
      },
      perfis: {
        inserir: async (rows: readonly object[]) =>
          written.push(...rows.map((row): [string, object] => ['perfil', row])),
        atribuir: async (membroId: string, ids: readonly string[]) =>
          written.push(['perfis', { membroId, ids }]),
      },
    },
  );
  const senhas = { hash: jest.fn(async (senha: string) => `hash de ${senha}`), confere: async () => false };
  const announce = jest.fn();
  return {
    dependencies: { identity, senhas, announce, environment: literalEnvironment() },
    written,
    recorded,
    authors,
    senhas,
    announce,
  };
};

describe('garantirPrimeiraOrganizacao', () => {
  it('makes the organization and its administrator by the settings, and repeats no secret', async () => {
    const { dependencies, written, recorded, announce } = cenario();
    await garantirPrimeiraOrganizacao(dependencies, first);
    expect(written).toMatchObject([
      ['usuario', { id: 'id-1', email: 'raiz@exemplo.com', senhaHash: 'hash de senha da raiz', ativo: true }],
      ['organizacao', { nome: 'Minha Empresa' }],
      ['perfil', { id: 'id-3', nome: 'Administrador', embutido: 'ADMINISTRADOR' }],
      ['perfil', { embutido: 'GERENTE' }],
      ['perfil', { embutido: 'VENDEDOR' }],
      ['perfil', { embutido: 'ATENDENTE' }],
      ['perfil', { embutido: 'FINANCEIRO' }],
      ['perfil', { embutido: 'LEITURA' }],
      ['membro', { id: 'id-9', usuarioId: 'id-1', ativo: true, versao: 1 }],
      ['perfis', { membroId: 'id-9', ids: ['id-3'] }],
    ]);
    expect(recorded.map(({ evento }) => evento?.tipo)).toEqual([
      'UsuarioCriado',
      'OrganizacaoCriada',
      'MembroAdicionado',
    ]);
    expect(announce).not.toHaveBeenCalled();
  });

  it('makes a password that was not given, and shows it once', async () => {
    const { dependencies, senhas, announce } = cenario();
    await garantirPrimeiraOrganizacao(dependencies, { ...first, senha: undefined });
    const senha = Buffer.alloc(15, 7).toString('base64url');
    expect(senhas.hash.mock.calls).toEqual([[senha]]);
    expect(announce.mock.calls).toEqual([
      [
        `Primeiro administrador: raiz@exemplo.com, senha ${senha} (mostrada só desta vez; se a partida falhar, a próxima pode mostrar outra, e vale a última)`,
      ],
    ]);
  });

  it('shows it before anything is kept, so that nobody is locked out by a death in between', async () => {
    const { dependencies, announce } = cenario();
    const unitOfWork: typeof dependencies.identity.unitOfWork = async (author, work) => {
      await dependencies.identity.unitOfWork(author, work);
      throw new Error('killed at the commit');
    };
    const identity = { ...dependencies.identity, unitOfWork };
    await expect(
      garantirPrimeiraOrganizacao({ ...dependencies, identity }, { ...first, senha: undefined }),
    ).rejects.toThrow('killed');
    expect(announce).toHaveBeenCalledTimes(1);
  });

  it('does nothing, not even look at the settings, when there is an organization', async () => {
    const { dependencies, authors, senhas } = cenario(true);
    await garantirPrimeiraOrganizacao(dependencies, { email: '', organizacao: '' });
    expect(authors).toEqual([]);
    expect(senhas.hash).not.toHaveBeenCalled();
  });

  it('announces nothing when another start made it meanwhile', async () => {
    const { dependencies, written, announce } = cenario(false, true);
    await garantirPrimeiraOrganizacao(dependencies, { ...first, senha: undefined });
    expect(written).toEqual([]);
    expect(announce).not.toHaveBeenCalled();
  });

  it.each([
    ['TEIA_ADMIN_EMAIL', { email: 'raiz' }],
    ['TEIA_ADMIN_EMAIL', { email: 'joão@exemplo.com' }],
    ['TEIA_ADMIN_SENHA', { senha: 'curta' }],
    ['TEIA_ADMIN_SENHA', { senha: 'a'.repeat(129) }],
    ['TEIA_ADMIN_SENHA', { senha: 'RAIZ@exemplo.com' }],
  ])('names %s when it is wrong (%#)', async (setting, wrong) => {
    const { dependencies, written } = cenario();
    await expect(garantirPrimeiraOrganizacao(dependencies, { ...first, ...wrong })).rejects.toThrow(
      `${setting}: `,
    );
    expect(written).toEqual([]);
  });
});
