import type { Caller } from '../../../platform/caller';
import { createEventApplier } from '../testing/apply-events';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
let eventos: ReturnType<typeof createEventApplier>;
beforeAll(async () => {
  vendas = await startVendas();
  eventos = createEventApplier(vendas.database.url);
});
afterAll(async () => {
  await eventos.stop();
  await vendas.stop();
});
afterEach(() => {
  vendas.pergunta.respondida = async () => {};
});

const criar = 'mutation ($dados: CriarOportunidadeInput!) { criarOportunidade(dados: $dados) { id } }';
const comId = (operacao: string) => `mutation ($id: ID!) { ${operacao} { id } }`;
const ganhar = comId('ganharOportunidade(dados: { id: $id })');
const reabrir = comId('reabrirOportunidade(id: $id)');
const reativar = comId('reativarOportunidade(id: $id)');
const excluir = comId('excluirOportunidade(dados: { id: $id })');
const mover = 'mutation ($dados: MoverOportunidadeInput!) { moverOportunidade(dados: $dados) { id } }';

/** Makes whoever wants `rows` wait, while `during` runs. */
const holding = async (rows: string, id: string, during: () => Promise<void>): Promise<void> => {
  await vendas.admin.query('BEGIN');
  try {
    await vendas.admin.query(`SELECT FROM ${rows} WHERE id = $1 FOR UPDATE`, [id]);
    await during();
  } finally {
    await vendas.admin.query('COMMIT');
  }
};

/** Resolves when so many connections to the database wait for a lock. */
const waiting = async (howMany: number): Promise<void> => {
  const { rows } = await vendas.admin.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  if (rows[0].n < howMany) await waiting(howMany);
};

type Cenario = {
  readonly caller: Caller;
  readonly clienteId: string;
  readonly etapaId: string;
  /** Whether the Cliente is known by an event. */
  readonly conhecido: boolean;
  /** Opens an Oportunidade; answers the refusal's motivo, or null. */
  readonly abrir: () => Promise<string | null>;
  readonly excluir: () => Promise<unknown>;
  readonly situacoes: () => Promise<string[]>;
};

const motivoDe = (extensions: { [key: string]: unknown } | undefined): string | null =>
  extensions ? String(extensions.motivo ?? extensions.code) : null;

const cenario = async (conhecido: boolean, comoAbrir: 'criar' | 'reabrir'): Promise<Cenario> => {
  const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
  const clienteId = vendas.conhecer('clientes', caller);
  let id: string;
  if (comoAbrir === 'reabrir') {
    ({ id } = await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId }));
    await vendas.data(caller, ganhar, { id });
  }
  if (conhecido) await eventos.criado(caller, clienteId);
  const dados = { titulo: 'Venda', valor: { centavos: 1 }, clienteId, funilId: funil.id };
  return {
    caller,
    clienteId,
    etapaId: etapaIds[0],
    conhecido,
    abrir: async () =>
      motivoDe(
        comoAbrir === 'criar'
          ? await vendas.errorOf(caller, criar, { dados })
          : await vendas.errorOf(caller, reabrir, { id }),
      ),
    // An unknown Cliente's first event comes first: order is what events have.
    excluir: async () => {
      if (!conhecido) await eventos.criado(caller, clienteId);
      await eventos.excluido(caller, clienteId);
    },
    situacoes: async () => (await vendas.rowsOf('oportunidade', caller)).map(({ situacao }) => situacao),
  };
};

describe.each([
  ['a known Cliente', true, 'criar'],
  ['a Cliente that no event told of yet', false, 'criar'],
  ['a known Cliente', true, 'reabrir'],
  ['a Cliente that no event told of yet', false, 'reabrir'],
] as const)('with %s (%s), %s', (_, conhecido, comoAbrir) => {
  const nenhumaAberta = async ({ situacoes }: Cenario) => expect(await situacoes()).not.toContain('ABERTA');

  it('is refused when the exclusion is consumed after the Cliente’s domain answered', async () => {
    const cena = await cenario(conhecido, comoAbrir);
    vendas.pergunta.respondida = async () => {
      await cena.excluir();
    };
    expect(await cena.abrir()).toBe('CLIENTE_EXCLUIDO');
    await nenhumaAberta(cena);
  });

  it('is undone when the exclusion comes after its lock, and waits for its end', async () => {
    const cena = await cenario(conhecido, comoAbrir);
    let opened: Promise<string | null> | undefined;
    let excluded: Promise<unknown> | undefined;
    await holding('etapa_funil', cena.etapaId, async () => {
      opened = cena.abrir();
      await waiting(1);
      excluded = cena.excluir();
      await waiting(2);
    });
    expect(await opened).toBeNull();
    await excluded;
    expect((await cena.situacoes()).at(-1)).toBe('CANCELADA');
  });

  it('waits for an exclusion that is under way, and is refused', async () => {
    const cena = await cenario(conhecido, comoAbrir);
    const { funil_id } = (
      await vendas.admin.query('SELECT funil_id FROM etapa_funil WHERE id = $1', [cena.etapaId])
    ).rows[0];
    const outra = await vendas.criarOportunidade(cena.caller, {
      funilId: funil_id,
      clienteId: cena.clienteId,
    });
    let opened: Promise<string | null> | undefined;
    let excluded: Promise<unknown> | undefined;
    await holding('oportunidade', outra.id, async () => {
      let answered: (() => void) | undefined;
      const asked = new Promise<void>((resolve) => {
        answered = resolve;
      });
      vendas.pergunta.respondida = async () => {
        answered?.();
        excluded = cena.excluir();
        await waiting(1);
      };
      opened = cena.abrir();
      await asked;
      await waiting(2);
    });
    await excluded;
    expect(await opened).toBe('CLIENTE_EXCLUIDO');
    await nenhumaAberta(cena);
  });

  it('is undone when the exclusion is consumed right after it', async () => {
    const cena = await cenario(conhecido, comoAbrir);
    expect(await cena.abrir()).toBeNull();
    await cena.excluir();
    await nenhumaAberta(cena);
  });
});

describe('news that come late', () => {
  it('of a reactivation refuse nobody, and undo nothing', async () => {
    const cena = await cenario(true, 'criar');
    await cena.excluir();
    expect(await cena.abrir()).toBeNull();
    await eventos.reativado(cena.caller, cena.clienteId);
    expect(await cena.situacoes()).toEqual(['ABERTA']);
  });

  it('of an exclusion that was undone before cancel only until that is told as well', async () => {
    const cena = await cenario(true, 'criar');
    expect(await cena.abrir()).toBeNull();
    await cena.excluir();
    expect(await cena.situacoes()).toEqual(['CANCELADA']);
    await eventos.reativado(cena.caller, cena.clienteId);
    expect(await cena.situacoes()).toEqual(['ABERTA']);
  });

  it('of an erased Cliente find what was opened for it, and nothing is opened after', async () => {
    const cena = await cenario(true, 'criar');
    expect(await cena.abrir()).toBeNull();
    vendas.pergunta.respondida = async () => {
      await eventos.excluido(cena.caller, cena.clienteId, true);
    };
    expect(await cena.abrir()).toBe('CLIENTE_EXCLUIDO');
    expect(await vendas.rowsOf('oportunidade', cena.caller)).toMatchObject([
      { situacao: 'CANCELADA', cliente_id: null },
    ]);
  });
});

describe('in a crowd', () => {
  it.each([
    ['excluded', 'CANCELADA'],
    ['reactivated', 'ABERTA'],
  ])('everything ends as its Cliente did, when that was %s last', async (_, fim) => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const clienteIds = Array.from({ length: 2 }, () => vendas.conhecer('clientes', caller));
    const abertas: string[] = [];
    for (const clienteId of clienteIds) {
      await eventos.criado(caller, clienteId);
      for (let n = 0; n < 3; n++) {
        abertas.push((await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId })).id);
      }
    }
    const events = clienteIds.map(async (clienteId) => {
      for (let n = 0; n < 3; n++) {
        await eventos.excluido(caller, clienteId);
        await eventos.reativado(caller, clienteId);
      }
      if (fim === 'CANCELADA') await eventos.excluido(caller, clienteId);
    });
    const people = abertas.flatMap((id, n) => [
      vendas.run(caller, mover, { dados: { id, etapaId: etapaIds[n % 3] } }),
      vendas.run(caller, excluir, { id }),
      vendas.run(caller, reativar, { id }),
      vendas.run(caller, reabrir, { id }),
      vendas.run(caller, criar, {
        dados: {
          titulo: 'Nova',
          valor: { centavos: 1 },
          clienteId: clienteIds[n % 2],
          funilId: funil.id,
        },
      }),
    ]);
    const answers = await Promise.all(people);
    await Promise.all(events);
    const codes = new Set(
      answers.flatMap(({ errors }) => errors?.map(({ extensions }) => extensions?.code) ?? []),
    );
    codes.delete('CONFLICT');
    expect([...codes]).toEqual([]);
    const rows = await vendas.rowsOf('oportunidade', caller);
    expect(rows.length).toBeGreaterThanOrEqual(abertas.length);
    expect(new Set(rows.map(({ situacao }) => situacao))).toEqual(new Set([fim]));
    for (const { ativo, posicao } of rows) expect(posicao !== null).toBe(ativo && fim === 'ABERTA');
  });
});
