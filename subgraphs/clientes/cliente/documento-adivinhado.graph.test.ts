import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { type Alcance, alcances } from '../../../platform/permissions';
import { cpfCheckDigits } from '../../../platform/scalars/cpf';
import { aCaller, granting } from '../../../platform/testing/callers';
import { alcancados, donos } from '../../testing/equipes';
import { startAlcance } from '../testing/start-alcance';

let mundo: Awaited<ReturnType<typeof startAlcance>>;
beforeAll(async () => {
  mundo = await startAlcance();
});
afterAll(() => mundo.stop());

const criar = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id versao } }';
const editar =
  'mutation ($dados: EditarClienteInput!) { editarCliente(dados: $dados) { id versao documento } }';
const pessoa = { tipo: 'FISICA', nome: 'Isca' };

/** One of the 1,000 documents that `***.982.247-**` may stand for; the Cliente's is the one of 529. */
const candidato = (n: number): string => {
  const base = `${String(n).padStart(3, '0')}982247`;
  return base + cpfCheckDigits(base);
};
const procurado = candidato(529);

const mascarado = { code: 'FORBIDDEN', motivo: 'DOCUMENTO_MASCARADO' };
const excesso = { code: 'RATE_LIMITED', motivo: 'MUITAS_TENTATIVAS' };
const repetido = { code: 'CONFLICT', motivo: 'DOCUMENTO_JA_CADASTRADO' };

type Refusal = Readonly<Record<string, unknown>> | undefined;
/** Tries a document; undefined when it was taken for the Cliente. */
type Palpite = (documento: string) => Promise<Refusal>;

const recusa = async (...question: Parameters<typeof mundo.run>): Promise<Refusal> =>
  (await mundo.run(...question)).errors?.[0]?.extensions;

const isca = async (caller: Caller, dados: object = {}): Promise<{ id: string; versao: number }> =>
  (await mundo.data(caller, criar, { dados: { ...pessoa, ...dados } })).criarCliente;

/** An organization that has the wanted document, and somebody of it without the permissions to see it. */
const cenario = async (permissoes: Caller['permissoes']) => {
  const administrador = aCaller();
  await isca(administrador, { documento: procurado, nome: 'Procurada' });
  const curioso = aCaller({ organizacaoId: administrador.organizacaoId, permissoes });
  return { administrador, curioso };
};

const atendente = granting(['clientes:ler', 'clientes:escrever']);
const vendedor = granting(['clientes:ler', 'clientes:escrever', 'clientes:verDocumento'], 'PROPRIOS');

const cadastrando = (caller: Caller): Palpite => {
  return (documento) => recusa(caller, criar, { dados: { ...pessoa, documento } });
};

const dandoAoQueNaoTem = (caller: Caller): Palpite => {
  return async (documento) => recusa(caller, editar, { dados: { ...(await isca(caller)), documento } });
};

/** Through one Cliente, again and again. */
const trocandoODoProprio = (caller: Caller): Palpite => {
  let atual: Promise<{ id: string; versao: number }> | undefined;
  return async (documento) => {
    atual ??= isca(caller);
    const { id, versao } = await atual;
    const { data, errors } = await mundo.run(caller, editar, { dados: { id, versao, documento } });
    if (!errors) atual = Promise.resolve(data?.editarCliente as { id: string; versao: number });
    return errors?.[0]?.extensions;
  };
};

describe('whoever does not see all documents', () => {
  it.each<[string, Caller['permissoes'], (caller: Caller) => Palpite]>([
    ['an Atendente, by new Clientes', atendente, cadastrando],
    ['an Atendente, by Clientes without one', atendente, dandoAoQueNaoTem],
    ['a Vendedor, by new Clientes', vendedor, cadastrando],
    ['a Vendedor, by one of their own', vendedor, trocandoODoProprio],
  ])('tries no more than 60 in an hour: %s', async (_, permissoes, jeito) => {
    const { administrador, curioso } = await cenario(permissoes);
    const tentar = jeito(curioso);
    expect(await tentar(procurado)).toMatchObject(repetido);
    for (let n = 1; n < 60; n += 1) expect(await tentar(candidato(n))).toBeUndefined();
    expect(await tentar(procurado)).toEqual(excesso);
    expect(await tentar(candidato(60))).toEqual(excesso);
    expect(await cadastrando(curioso)(procurado)).toEqual(excesso);
    const { organizacaoId } = administrador;
    expect(await cadastrando(aCaller({ organizacaoId, permissoes }))(candidato(60))).toBeUndefined();
  });

  it('tries no more by trying all at once', async () => {
    const { curioso } = await cenario(atendente);
    const aliases = Array.from(
      { length: 50 },
      (_, n) =>
        `c${n}: criarCliente(dados: { tipo: FISICA, nome: "Isca", documento: "${candidato(n)}" }) { id }`,
    );
    await mundo.data(curioso, `mutation { ${aliases.join('\n')} }`);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => cadastrando(curioso)(candidato(100 + n))),
    );
    expect(answers.filter((refusal) => refusal === undefined)).toHaveLength(10);
    expect(answers.filter((refusal) => refusal?.code === 'RATE_LIMITED')).toHaveLength(10);
  });

  it('still registers and edits Clientes without saying a document', async () => {
    const { curioso } = await cenario(atendente);
    for (let n = 0; n < 60; n += 1) await cadastrando(curioso)(candidato(n));
    expect(await cadastrando(curioso)(candidato(60))).toEqual(excesso);
    const { id, versao } = await isca(curioso);
    expect(await recusa(curioso, editar, { dados: { id, versao, nome: 'Outro' } })).toBeUndefined();
    expect(await recusa(curioso, editar, { dados: { id, versao: 2, documento: null } })).toBeUndefined();
  });

  it('is not counted again for a request that is repeated', async () => {
    const { curioso } = await cenario(atendente);
    const repetir = async (documento: string, chaveIdempotencia: string) =>
      (await mundo.run(curioso, criar, { dados: { ...pessoa, documento } }, { chaveIdempotencia }))
        .errors?.[0]?.extensions;
    for (let n = 0; n < 40; n += 1) {
      expect(await repetir(candidato(0), 'aceita')).toBeUndefined();
      expect(await repetir(procurado, 'recusada')).toMatchObject(repetido);
    }
    for (let n = 1; n < 59; n += 1) expect(await cadastrando(curioso)(candidato(n))).toBeUndefined();
    expect(await cadastrando(curioso)(candidato(59))).toEqual(excesso);
    expect(await repetir(procurado, 'recusada')).toMatchObject(repetido);
  });
});

it('whoever sees all documents may register as many as there are', async () => {
  const { administrador } = await cenario(atendente);
  for (let n = 0; n < 70; n += 1) expect(await cadastrando(administrador)(candidato(n))).toBeUndefined();
});

describe('a document that is there', () => {
  const vistas = [undefined, ...alcances];
  const combinacoes = alcances.flatMap((ler) => vistas.map((ver) => [ler, ver] as const));
  const visiveis = (ler: Alcance, ver: Alcance | undefined) =>
    ver ? alcancados[ler].filter((dono) => alcancados[ver].includes(dono)) : [];

  it.each(combinacoes)('of those read as %s is changed as far as it is seen: %s', async (ler, ver) => {
    const { quem, alvos } = await mundo.novaCarteira();
    const caller = quem('TODOS', { 'clientes:ler': ler, 'clientes:verDocumento': ver });
    for (const dono of alcancados[ler]) {
      const id = alvos[dono].clienteId;
      const dados = { id, versao: 1, documento: null };
      if (visiveis(ler, ver).includes(dono)) {
        const { editarCliente } = await mundo.data(caller, editar, { dados });
        expect(editarCliente).toEqual({ id, versao: 2, documento: null });
      } else {
        expect(await recusa(caller, editar, { dados })).toEqual(mascarado);
      }
    }
  });

  it('is not told from another by who may not see it: whatever they send is refused alike', async () => {
    const { quem, alvos } = await mundo.novaCarteira();
    const caller = quem('TODOS', { 'clientes:verDocumento': undefined });
    const { eu, estranho } = mundo.documentos;
    const answers = await Promise.all(
      [eu, estranho, procurado, '12ABC34501DE35', null].map(async (documento) => {
        const dados = { id: alvos.eu.clienteId, versao: 1, nome: 'Outro', documento };
        const { data, errors } = await mundo.run(caller, editar, { dados });
        return JSON.stringify({ data, errors });
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('DOCUMENTO_MASCARADO');
    const { cliente } = await mundo.data(
      quem('TODOS'),
      'query ($id: ID!) { cliente(id: $id) { nome documento versao } }',
      { id: alvos.eu.clienteId },
    );
    expect(cliente).toEqual({ nome: 'Cliente eu', documento: eu, versao: 1 });
  });

  it('is changed by a Vendedor whose Cliente it is of, to one that is free', async () => {
    const { alvos, pessoas, organizacaoId } = await mundo.novaCarteira();
    const caller = aCaller({ organizacaoId, usuarioId: pessoas.eu!, permissoes: vendedor });
    const dados = { id: alvos.eu.clienteId, versao: 1 };
    const { estranho } = mundo.documentos;
    expect(await recusa(caller, editar, { dados: { ...dados, documento: estranho } })).toMatchObject(
      repetido,
    );
    const { editarCliente } = await mundo.data(caller, editar, { dados: { ...dados, documento: procurado } });
    expect(editarCliente).toEqual({ id: dados.id, versao: 2, documento: procurado });
  });

  it('leaves the rest of a Cliente to whoever may edit that', async () => {
    const { quem, alvos } = await mundo.novaCarteira();
    const caller = quem('TODOS', { 'clientes:verDocumento': undefined });
    for (const dono of donos) {
      const dados = { id: alvos[dono].clienteId, versao: 1, nome: 'Outro' };
      expect(await recusa(caller, editar, { dados })).toBeUndefined();
    }
  });

  it('is given by who may not see it, and is masked from then on', async () => {
    const { curioso } = await cenario(atendente);
    const dados = { ...(await isca(curioso)), documento: candidato(1) };
    const { editarCliente } = await mundo.data(curioso, editar, { dados });
    expect(editarCliente).toMatchObject({ versao: 2, documento: '***.982.247-**' });
    expect(await recusa(curioso, editar, { dados: { ...dados, versao: 2 } })).toEqual(mascarado);
    expect(await recusa(curioso, editar, { dados })).toMatchObject({ motivo: 'VERSAO_DESATUALIZADA' });
    const inexistente = { ...dados, id: randomUUID() };
    expect(await recusa(curioso, editar, { dados: inexistente })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one to a crowd that gives one at the same moment', async () => {
    const { curioso, administrador } = await cenario(atendente);
    const { id, versao } = await isca(curioso);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        recusa(n % 2 ? administrador : curioso, editar, { dados: { id, versao, documento: candidato(n) } }),
      ),
    );
    expect(answers.filter((refusal) => refusal === undefined)).toHaveLength(1);
    for (const refusal of answers.filter((refusal) => refusal !== undefined)) {
      expect(refusal).toMatchObject({ code: 'CONFLICT', motivo: 'VERSAO_DESATUALIZADA' });
    }
  });
});
