import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { aCaller, granting } from '../../../platform/testing/callers';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const mutation = (call: string, fields = 'id') => `mutation ($id: ID!) { ${call} { ${fields} } }`;
const excluirFunil = mutation('excluirFunil(dados: { id: $id })', 'id definitiva');
const reativarFunil = mutation('reativarFunil(id: $id)', 'ativo versao');
const excluirEtapa = mutation('excluirEtapaFunil(dados: { id: $id })', 'id definitiva');
const reativarEtapa = mutation('reativarEtapaFunil(id: $id)', 'ativo posicao versao');

describe('another organization', () => {
  const proprio = async (caller: Caller) => {
    const funil = await vendas.criarFunil(caller);
    return { funil: funil.id, etapa: funil.etapas[0]!.id, motivo: await vendas.criarMotivo(caller) };
  };

  it.each<[string, 'funil' | 'etapa' | 'motivo', string]>([
    ['funil', 'funil', 'query ($id: ID!) { funil(id: $id) { id } }'],
    ['editarFunil', 'funil', mutation('editarFunil(dados: { id: $id, versao: 1, nome: "x" })')],
    ['excluirFunil', 'funil', excluirFunil],
    ['reativarFunil', 'funil', reativarFunil],
    [
      'criarEtapaFunil',
      'funil',
      mutation('criarEtapaFunil(dados: { funilId: $id, nome: "x", probabilidade: 1 })'),
    ],
    [
      'editarEtapaFunil',
      'etapa',
      mutation('editarEtapaFunil(dados: { id: $id, versao: 1, nome: "x", probabilidade: 1 })'),
    ],
    ['moverEtapaFunil', 'etapa', mutation('moverEtapaFunil(dados: { id: $id })')],
    ['excluirEtapaFunil', 'etapa', excluirEtapa],
    ['reativarEtapaFunil', 'etapa', reativarEtapa],
    ['editarMotivoPerda', 'motivo', mutation('editarMotivoPerda(dados: { id: $id, versao: 1, nome: "x" })')],
    ['excluirMotivoPerda', 'motivo', mutation('excluirMotivoPerda(dados: { id: $id })')],
    ['reativarMotivoPerda', 'motivo', mutation('reativarMotivoPerda(id: $id)')],
  ])(
    '%s answers a foreign id, an unknown one and no UUID at all alike; it needs a permission',
    async (_, kind, query) => {
      const foreign = (await proprio(aCaller()))[kind];
      const caller = aCaller();
      const answers = await Promise.all(
        [foreign, randomUUID(), 'not an id', ''].map(async (id) => {
          const { data, errors } = await vendas.run(caller, query, { id });
          return JSON.stringify({ data, errors });
        }),
      );
      expect(new Set(answers).size).toBe(1);
      const permissoes = granting(
        query.startsWith('query') ? ['vendas:escrever'] : ['vendas:ler', 'vendas:escrever', 'vendas:excluir'],
      );
      expect(await vendas.errorOf(aCaller({ permissoes }), query, { id: foreign })).toMatchObject({
        code: 'FORBIDDEN',
      });
    },
  );
});
