import type { AuditoriaRepository } from './auditoria.repository';
import { createProblemas } from './problemas';
import type { RegistroGuardado, SeloGuardado } from './registro';
import type { SeloRepository } from './selo.repository';
import { hashDoSelo, resumoDoRegistro, sameBytes } from './selo.rules';

const registrosPorPagina = 1_000;
const selosPorPagina = 10;

export type TrilhaLida = {
  readonly auditoria: Pick<AuditoriaRepository, 'porNumeros'>;
  readonly selos: Pick<SeloRepository, 'porNumero' | 'aPartirDe' | 'numeroQueCobre'>;
};

type Extensao = {
  /** The first record. */
  readonly desde: bigint;
  /** The last record that there must be. */
  readonly fim: bigint;
  /** The last seal that there must be; 0 for none. */
  readonly ultimoSelo: number;
  /** About how many records to look at. */
  readonly limite: number;
};

type Resumos = { readonly primeiroNumero: bigint; readonly resumos: readonly Uint8Array[] };

/** Whether a seal has a digest for each record that it says it covers. */
export const cobreSeusNumeros = ({ primeiroNumero, ultimoNumero, resumos }: SeloGuardado): boolean =>
  ultimoNumero - primeiroNumero + 1n === BigInt(resumos.length);

/**
 * Compares records with the seals over them, and each seal with the one before, from a record on. Of those that no seal
 * covers yet it finds only that they are there.
 *
 * @returns the problems found, how much was looked at, and where to go on; null at the end.
 */
export const conferirTrilha = async (
  { auditoria, selos }: TrilhaLida,
  { desde, fim, ultimoSelo, limite }: Extensao,
) => {
  const problemas = createProblemas();
  let proximo = desde;
  let registros = 0;
  let selosLidos = 0;

  const conferirRegistro = (registro: RegistroGuardado, selado?: Resumos): void => {
    const { numero } = registro;
    if (numero > proximo) problemas.anotar('AUSENTE', proximo, numero - 1n);
    const resumo = selado?.resumos[Number(numero - selado.primeiroNumero)];
    if (selado && !sameBytes(resumo, resumoDoRegistro(registro))) problemas.anotar('ALTERADO', numero);
    proximo = numero + 1n;
    registros += 1;
  };

  const conferirRegistros = async (ate: bigint, selado?: Resumos): Promise<void> => {
    while (proximo <= ate && registros < limite) {
      const pagina = await auditoria.porNumeros({ depoisDe: proximo - 1n, ate }, registrosPorPagina);
      for (const registro of pagina) conferirRegistro(registro, selado);
      if (pagina.length === registrosPorPagina || proximo > ate) continue;
      problemas.anotar('AUSENTE', proximo, ate);
      proximo = ate + 1n;
    }
  };

  const inicio = (desde > 1n && (await selos.numeroQueCobre(desde))) || 1;
  const anterior = inicio > 1 ? await selos.porNumero(inicio - 1) : null;
  let esperado = inicio > 1 && !anterior ? inicio - 1 : inicio;
  // The hash of the seal before, and what it should be: if that one was altered, this one was made with one of them.
  let anteriores: (Uint8Array | null)[] = [anterior?.hash ?? null];

  const conferirSelo = async (selo: SeloGuardado): Promise<void> => {
    const falta = selo.numero > esperado;
    if (falta) problemas.anotar('SELO_AUSENTE', esperado, selo.numero - 1);
    const possiveis = anteriores.map((hash) => hashDoSelo(selo, hash));
    const confere = falta || possiveis.some((hash) => sameBytes(selo.hash, hash));
    if (!confere) problemas.anotar('SELO_ALTERADO', selo.numero);
    selosLidos += 1;
    esperado = selo.numero + 1;
    anteriores = [selo.hash, ...possiveis];
    // The records of one that is not right are compared as far as it still says which ones it is about.
    const serve = cobreSeusNumeros(selo) && (confere || selo.primeiroNumero <= proximo);
    if (!serve || selo.ultimoNumero < proximo) return;
    if (selo.primeiroNumero > proximo) await conferirRegistros(selo.primeiroNumero - 1n);
    await conferirRegistros(selo.ultimoNumero, selo);
  };

  let pagina: SeloGuardado[];
  do {
    pagina = (await selos.aPartirDe(esperado, selosPorPagina)).filter(({ numero }) => numero <= ultimoSelo);
    for (const selo of pagina) if (registros < limite) await conferirSelo(selo);
  } while (pagina.length > 0 && registros < limite);
  await conferirRegistros(fim);
  return {
    problemas: problemas.todos,
    registros,
    selos: selosLidos,
    proximo: proximo <= fim ? proximo : null,
  };
};
