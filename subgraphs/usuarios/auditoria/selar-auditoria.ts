import type { Environment } from '../../../platform/environment';
import type { AuditoriaRepository } from './auditoria.repository';
import type { RegistroGuardado } from './registro';
import type { SelagemRepository, TrilhaPorSelar } from './selagem.repository';
import type { SeloRepository } from './selo.repository';
import { hashDoSelo, resumoDoRegistro } from './selo.rules';

const porSelo = 1_000;

type Trilha = {
  readonly auditoria: Pick<AuditoriaRepository, 'porNumeros'>;
  readonly selos: Pick<SeloRepository, 'ultimo' | 'inserir'>;
};

type Dependencies = {
  readonly selagem: SelagemRepository;
  /** The records and seals of an organization. */
  readonly trilhaDe: (organizacaoId: string) => Trilha;
  readonly environment: Pick<Environment, 'agora'>;
  /** Told of an organization that could not be sealed. */
  readonly onError: (error: unknown) => void;
};

/** Those before the first gap: what is missing stays between two seals, for all to see. */
const semLacuna = (registros: readonly RegistroGuardado[]): readonly RegistroGuardado[] => {
  const lacuna = registros.findIndex(({ numero }, i) => numero !== registros[0]!.numero + BigInt(i));
  return lacuna < 0 ? registros : registros.slice(0, lacuna);
};

/** Seals the next records of an organization, up to the last number given; false when there are none, or somebody else does it. */
const selarProximos = async (
  { organizacaoId, ultimoNumero }: TrilhaPorSelar,
  { auditoria, selos }: Trilha,
  agora: Date,
): Promise<boolean> => {
  const anterior = await selos.ultimo();
  const depoisDe = anterior?.ultimoNumero ?? 0n;
  const registros = semLacuna(await auditoria.porNumeros({ depoisDe, ate: ultimoNumero }, porSelo));
  const [primeiro, ultimo] = [registros[0], registros.at(-1)];
  if (!primeiro || !ultimo) return false;
  const selo = {
    organizacaoId,
    numero: (anterior?.numero ?? 0) + 1,
    primeiroNumero: primeiro.numero,
    ultimoNumero: ultimo.numero,
    resumos: registros.map(resumoDoRegistro),
    seladoEm: agora.toISOString(),
  };
  return selos.inserir({ ...selo, hash: hashDoSelo(selo, anterior?.hash ?? null) });
};

/**
 * Seals what was added to the audit trails of all organizations, up to 1,000 records a seal. Several processes may do
 * so at once: of two seals with one number, the first is kept.
 */
export const selarAuditoria = async (
  { selagem, trilhaDe, environment, onError }: Dependencies,
  signal: AbortSignal,
): Promise<void> => {
  for (const porSelar of await selagem.trilhasPorSelar()) {
    const trilha = trilhaDe(porSelar.organizacaoId);
    const selar = async () => {
      while (!signal.aborted && (await selarProximos(porSelar, trilha, environment.agora())));
    };
    await selar().catch(onError);
  }
};
