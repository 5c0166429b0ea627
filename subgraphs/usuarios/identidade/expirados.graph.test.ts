import { v7 } from 'uuid';
import { openDatabase } from '../../../platform/db/open-database';
import { until } from '../../../platform/testing/until';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';
import { expirados } from './expirados';

let usuarios: Usuarios;
beforeAll(async () => {
  usuarios = await startUsuarios();
});
afterAll(() => usuarios.stop());

const limpar = async (ateQue: () => Promise<boolean>) => {
  const { stop } = openDatabase<PrismaClient>(PrismaClient, usuarios.database.url, expirados);
  await until(ateQue);
  await stop();
};

describe('invitations', () => {
  it('go with their perfis 90 days after they were accepted, were cancelled or expired, and no sooner', async () => {
    const { organizacaoId, perfis, pessoa } = await plantarOrganizacao((sql, values) =>
      usuarios.admin.query(sql, values),
    );
    const { usuarioId } = (await pessoa()).caller;
    /** Days ago. */
    const plantar = async (
      expirou: number,
      aceito: number | null = null,
      cancelado: number | null = null,
    ) => {
      const id = v7();
      await usuarios.admin.query(
        `INSERT INTO convite VALUES ($1, $2, 'bia@exemplo.com', $3, now() - interval '1 year',
           now() - $4 * interval '1 day', now() - $5 * interval '1 day', now() - $6 * interval '1 day')`,
        [id, organizacaoId, usuarioId, expirou, aceito, cancelado],
      );
      await usuarios.admin.query('INSERT INTO convite_perfil VALUES ($1, $2, $3)', [
        organizacaoId,
        id,
        perfis.LEITURA,
      ]);
      return id;
    };
    const ficam = [
      await plantar(-7),
      await plantar(89),
      await plantar(85, 89),
      await plantar(85, null, 89),
      await plantar(100, null, 89),
    ];
    await plantar(91);
    await plantar(85, 91);
    await plantar(85, null, 91);

    const ids = async () => (await usuarios.rowsOf('SELECT id FROM convite')).map(({ id }) => id);
    await limpar(async () => (await ids()).length <= ficam.length);
    expect((await ids()).sort()).toEqual([...ficam].sort());
    const comPerfis = await usuarios.rowsOf('SELECT convite_id FROM convite_perfil');
    expect(comPerfis.map(({ convite_id }) => convite_id).sort()).toEqual([...ficam].sort());
  });
});
