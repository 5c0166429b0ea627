import * as fc from 'fast-check';
import {
  alcances,
  type Permission,
  type Permissoes,
  permissionNames,
  permissions,
} from '../../../platform/permissions';
import { abrange, listarConcessoes, permissoesDoPerfil, permissoesDosPerfis } from './concessoes';
import { lerConcessoes } from './concessoes.rules';
import { PerfilEmbutido, perfisEmbutidos } from './perfis-embutidos';

const permissoes: fc.Arbitrary<Permissoes> = fc
  .dictionary(fc.constantFrom(...permissionNames), fc.constantFrom(...alcances), { noNullPrototype: true })
  .map((record) => record as Permissoes);
const proprio = (grants: Permissoes) => ({ embutido: null, concessoes: listarConcessoes(grants) });
const juntas = (...all: Permissoes[]) => permissoesDosPerfis(all.map(proprio));

describe('what perfis grant together', () => {
  it('is what each grants, as far as the one that goes farthest, and no more', () =>
    fc.assert(
      fc.property(fc.array(permissoes, { minLength: 1, maxLength: 4 }), (all) => {
        const together = juntas(...all);
        expect(all.every((one) => abrange(together, one))).toBe(true);
        for (const name of permissionNames) {
          expect(all.map((one) => one[name])).toContain(together[name]);
        }
        expect(juntas(...[...all].reverse(), ...all)).toEqual(together);
      }),
    ));

  it('leaves out what this version of the program does not know', () => {
    const concessoes = [
      { permissao: 'clientes:ler', alcance: 'EQUIPE' },
      { permissao: 'foguetes:lancar', alcance: 'TODOS' },
      { permissao: 'vendas:ler', alcance: 'GALAXIA' },
      { permissao: '__proto__', alcance: 'TODOS' },
      { permissao: 'constructor', alcance: 'TODOS' },
    ];
    expect(permissoesDoPerfil({ embutido: null, concessoes })).toEqual({ 'clientes:ler': 'EQUIPE' });
    expect(permissoesDoPerfil({ embutido: 'IMPERADOR', concessoes })).toEqual({});
    expect(permissoesDoPerfil({ embutido: 'constructor', concessoes })).toEqual({});
  });
});

describe('abrange', () => {
  it('is an order: by itself, in turn, and both ways only for equals', () =>
    fc.assert(
      fc.property(permissoes, permissoes, permissoes, (a, b, c) => {
        expect(abrange(a, a)).toBe(true);
        expect(abrange(a, {})).toBe(true);
        if (abrange(a, b) && abrange(b, c)) expect(abrange(a, c)).toBe(true);
        if (abrange(a, b) && abrange(b, a)) expect(listarConcessoes(a)).toEqual(listarConcessoes(b));
      }),
    ));

  it('goes by each permission and its reach', () => {
    expect(abrange({ 'clientes:ler': 'EQUIPE' }, { 'clientes:ler': 'PROPRIOS' })).toBe(true);
    expect(abrange({ 'clientes:ler': 'EQUIPE' }, { 'clientes:ler': 'TODOS' })).toBe(false);
    expect(abrange({ 'clientes:ler': 'TODOS' }, { 'vendas:ler': 'PROPRIOS' })).toBe(false);
  });
});

describe('the built-in perfis', () => {
  const grantsOf = (perfil: PerfilEmbutido) => perfisEmbutidos[perfil].permissoes;
  const everyPerfil = Object.values(PerfilEmbutido);

  it('let an Administrador do everything', () => {
    expect(everyPerfil.every((perfil) => abrange(grantsOf('ADMINISTRADOR'), grantsOf(perfil)))).toBe(true);
    expect(Object.keys(grantsOf('ADMINISTRADOR')).sort()).toEqual([...permissionNames].sort());
  });

  it('let everybody see the people and the organization', () => {
    for (const perfil of everyPerfil) {
      expect(grantsOf(perfil)).toMatchObject({ 'usuarios:ler': 'TODOS', 'organizacao:ler': 'TODOS' });
    }
  });

  it('limit only what has a reach', () => {
    for (const perfil of everyPerfil) expect(lerConcessoes(listarConcessoes(grantsOf(perfil)))).toBeTruthy();
  });

  it('keep rights and documents to those who need them', () => {
    const who = (permission: Permission) => everyPerfil.filter((perfil) => grantsOf(perfil)[permission]);
    expect(who('usuarios:administrar')).toEqual(['ADMINISTRADOR']);
    expect(who('perfis:administrar')).toEqual(['ADMINISTRADOR']);
    expect(who('auditoria:ler')).toEqual(['ADMINISTRADOR']);
    expect(who('clientes:verDocumento')).toEqual(['ADMINISTRADOR', 'GERENTE', 'VENDEDOR', 'FINANCEIRO']);
    expect(who('vendas:escrever')).toEqual(['ADMINISTRADOR', 'GERENTE', 'VENDEDOR']);
    expect(grantsOf('VENDEDOR')).toMatchObject({ 'clientes:ler': 'PROPRIOS', 'vendas:escrever': 'PROPRIOS' });
  });
});

describe('lerConcessoes', () => {
  const semAlcance = permissionNames.find((name) => !permissions[name].comAlcance)!;

  it('reads what a list of them says', () =>
    fc.assert(
      fc.property(permissoes, (given) => {
        const possible = Object.fromEntries(
          Object.entries(given).filter(([name]) => permissions[name as Permission].comAlcance),
        );
        expect(lerConcessoes(listarConcessoes(possible))).toEqual(possible);
      }),
    ));

  it('names each field that is wrong, and repeats nothing of it', () => {
    const wrong = () =>
      lerConcessoes([
        { permissao: 'clientes:ler', alcance: 'PROPRIOS' },
        { permissao: 'foguetes:lancar', alcance: 'TODOS' },
        { permissao: 'clientes:ler', alcance: 'TODOS' },
        { permissao: semAlcance, alcance: 'EQUIPE' },
        { permissao: '__proto__', alcance: 'TODOS' },
      ]);
    let campos: string[] = [];
    try {
      wrong();
    } catch (error) {
      const { extensions, message } = error as {
        extensions: { campos: { campo: string }[] };
        message: string;
      };
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(message).not.toContain('foguetes');
      campos = extensions.campos.map(({ campo }) => campo);
    }
    expect(campos).toEqual([
      'dados.concessoes.1.permissao',
      'dados.concessoes.2.permissao',
      'dados.concessoes.3.alcance',
      'dados.concessoes.4.permissao',
    ]);
  });
});
