import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import { aCaller } from '../../../platform/testing/callers';
import { permissoesDosPerfis } from '../perfil/concessoes';
import { PerfilEmbutido, perfisEmbutidos } from '../perfil/perfis-embutidos';

type Plantar = (sql: string, values: unknown[]) => Promise<unknown>;

export type Plantado = {
  /** Who the router would say asks, with what the perfis grant. */
  readonly caller: Caller;
  readonly membroId: string;
};

/**
 * An organization with the built-in perfis, as it is founded, and people in it, without the passwords and messages by
 * which they would come.
 *
 * @param plantar runs SQL as a superuser.
 */
export const plantarOrganizacao = async (plantar: Plantar, organizacaoId = v7()) => {
  await plantar("INSERT INTO organizacao (id, nome, criada_em) VALUES ($1, 'Padaria', now())", [
    organizacaoId,
  ]);
  const perfis = Object.fromEntries(
    Object.keys(PerfilEmbutido).map((embutido) => [embutido, v7()]),
  ) as Record<PerfilEmbutido, string>;
  for (const [embutido, id] of Object.entries(perfis)) {
    const { nome } = perfisEmbutidos[embutido as PerfilEmbutido];
    await plantar(
      `INSERT INTO perfil (id, organizacao_id, nome, chave, embutido, versao, criado_em)
       VALUES ($1, $2, $3, lower($3), $4, 1, now())`,
      [id, organizacaoId, nome, embutido],
    );
  }

  return {
    organizacaoId,
    /** Ids of the built-in perfis. */
    perfis,
    /** Somebody more in the organization: with these perfis, an ADMINISTRADOR unless told. */
    pessoa: async (embutidos: readonly PerfilEmbutido[] = ['ADMINISTRADOR'], usuarioId = v7()) => {
      await plantar(
        `INSERT INTO usuario (id, nome, email, senha_hash, ativo, criado_em)
         VALUES ($1::uuid, 'Ana', $1 || '@exemplo.com', '', true, now()) ON CONFLICT DO NOTHING`,
        [usuarioId],
      );
      const membroId = v7();
      await plantar(
        `INSERT INTO membro (id, organizacao_id, usuario_id, ativo, versao, criado_em)
         VALUES ($1, $2, $3, true, 1, now())`,
        [membroId, organizacaoId, usuarioId],
      );
      for (const embutido of embutidos) {
        await plantar(
          'INSERT INTO membro_perfil (organizacao_id, membro_id, perfil_id) VALUES ($1, $2, $3)',
          [organizacaoId, membroId, perfis[embutido]],
        );
      }
      const permissoes = permissoesDosPerfis(embutidos.map((embutido) => ({ embutido, concessoes: [] })));
      const caller = aCaller({ usuarioId, organizacaoId, permissoes });
      return { caller, membroId } satisfies Plantado;
    },
  };
};
