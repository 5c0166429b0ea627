import fc from 'fast-check';
import { mensagemDe } from './mensagens';

const token = 'A'.repeat(43);
const envio = { appUrl: 'https://app.exemplo.com', token };
const mensagem = (organizacao: string | null, tipo: 'REGISTRO' | 'CONVITE' | 'SENHA' = 'CONVITE') =>
  mensagemDe({ tipo, email: 'ana@exemplo.com', organizacao }, envio);

describe('mensagemDe', () => {
  it.each([
    ['REGISTRO', 'confirmar-email', '24 horas'],
    ['CONVITE', 'aceitar-convite', '7 dias'],
    ['SENHA', 'redefinir-senha', '1 hora'],
  ] as const)('for %s leads to its page, with the token where no server sees it', (tipo, pagina, prazo) => {
    const { to, subject, text } = mensagem(tipo === 'SENHA' ? null : 'Padaria do Zé', tipo);
    expect(to).toBe('ana@exemplo.com');
    expect(text.split('\n')).toContain(`https://app.exemplo.com/${pagina}#token=${token}`);
    expect(text).toContain(prazo);
    expect(`${subject}${text.replace(/#token=.*/, '')}`).not.toContain(token);
  });

  it.each([
    ['Padaria do Zé & Cia., S.A.', '“Padaria do Zé & Cia., S. A.”'],
    ['João d’Ávila (filial 2)', '“João d’Ávila (filial 2)”'],
    ['日本の会社', '“日本の会社”'],
    ['Ganhe https://mau.example/premio', '“Ganhe https mau. example premio”'],
    ['www.mau.example', '“www. mau. example”'],
    ['golpe@mau.example', '“golpe mau. example”'],
    ['a\r\n\r\nClique <b>aqui</b>', '“a Clique b aqui b”'],
    ['x'.repeat(200), `“${'x'.repeat(60)}…”`],
  ])('cites %j as %s', (nome, citado) => {
    expect(mensagem(nome).text).toContain(`A organização ${citado} convidou`);
  });

  it('has one link, and as many lines, whatever the organization is called', () => {
    const lines = mensagem('Padaria').text.split('\n').length;
    const nome = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('.', '/', ':', '@', '\n', '\r', 'a', 'w', ' ', '“', '<', '#') }),
    );
    fc.assert(
      fc.property(nome, (organizacao) => {
        const { text, subject } = mensagem(organizacao);
        expect(text.split(/[\n\r\u2028\u2029]/)).toHaveLength(lines);
        const links = text
          .split(/\s+/)
          .filter((word) => /:\/|[\p{L}\p{N}]\P{L}*[.@]+[\p{L}\p{N}]/u.test(word));
        expect(links).toEqual([`https://app.exemplo.com/aceitar-convite#token=${token}`]);
        expect(subject).toBe('Teia: Você recebeu um convite');
      }),
    );
  });
});
