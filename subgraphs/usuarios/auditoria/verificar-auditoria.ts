import { badUserInput } from '../../../platform/errors';
import type { Limit } from '../../../platform/limits/limits';
import type { UsuariosContext } from '../context';
import { cobreSeusNumeros, conferirTrilha } from './conferir-trilha';
import { createProblemas, type Problema } from './problemas';
import type { SeloGuardado } from './registro';
import { sameBytes } from './selo.rules';
import type {
  ProblemaAuditoria,
  SeloConhecidoInput,
  VerificacaoAuditoria,
  VerificarAuditoriaInput,
} from './verificacao.type';

const registrosPorVez = 100_000;
const maiorInt = 2n ** 31n - 1n;

/** By organization: each reads up to 100,000 records. */
export const porOrganizacao: Limit = { name: 'verificacao', attempts: 10, window: 60 };

type Dependencies = Pick<UsuariosContext, 'auditoriaPolicy' | 'auditoria' | 'selos' | 'limits'>;

/** Where something is wrong, a number may be any. */
const toInt = (numero: bigint): number => Number(numero < maiorInt ? numero : maiorInt);

const toProblema = ({ tipo, de, ate }: Problema): ProblemaAuditoria => ({
  tipo,
  numero: toInt(de),
  ateNumero: toInt(ate),
});

const toSelo = ({ numero, hash, ultimoNumero, seladoEm }: SeloGuardado) => ({
  numero,
  hash: Buffer.from(hash).toString('hex'),
  ultimoNumero: toInt(ultimoNumero),
  seladoEm: new Date(seladoEm),
});

const largest = (...numeros: readonly bigint[]): bigint => numeros.reduce((a, b) => (a > b ? a : b));

/** What is wrong with the ends of the trail: cut off, or grown beyond. */
const conferirFim = async (
  { auditoria, selos }: Pick<Dependencies, 'auditoria' | 'selos'>,
  seloConhecido: SeloConhecidoInput | null | undefined,
) => {
  const problemas = createProblemas();
  if (seloConhecido) {
    const { numero, hash } = seloConhecido;
    const selo = await selos.porNumero(numero);
    if (!selo) problemas.anotar('SELO_AUSENTE', numero);
    else if (!sameBytes(selo.hash, Buffer.from(hash, 'hex'))) problemas.anotar('SELO_ALTERADO', numero);
  }
  // The seals first: what they cover is there by then.
  const ultimoSelo = await selos.ultimo();
  const { ultimoNumero, maiorNumero } = await auditoria.fim();
  if (maiorNumero > ultimoNumero) problemas.anotar('TRILHA_ALTERADA', ultimoNumero);
  const selado = ultimoSelo && cobreSeusNumeros(ultimoSelo) ? ultimoSelo.ultimoNumero : 0n;
  return { problemas: problemas.todos, ultimoSelo, selado, fim: largest(ultimoNumero, maiorNumero, selado) };
};

/**
 * Compares the organization's audit trail with its seals, about 100,000 records at a time, and says what is not as it
 * was. What was refilled and sealed anew shows against a seal that the organization kept elsewhere.
 *
 * @throws CodedError BAD_USER_INPUT when it is to begin before the first record, RATE_LIMITED after ten in a minute.
 */
export const verificarAuditoria = async (
  dependencies: Dependencies,
  { desdeNumero, seloConhecido }: VerificarAuditoriaInput,
): Promise<VerificacaoAuditoria> => {
  const { organizacaoId } = dependencies.auditoriaPolicy.podeLer();
  if (desdeNumero < 1) {
    throw badUserInput([{ campo: 'dados.desdeNumero', mensagem: 'O primeiro registro tem o número 1.' }]);
  }
  await dependencies.limits.attempt(porOrganizacao, organizacaoId);
  const { problemas, ultimoSelo, selado, fim } = await conferirFim(dependencies, seloConhecido);
  const conferida = await conferirTrilha(dependencies, {
    desde: BigInt(desdeNumero),
    fim,
    ultimoSelo: ultimoSelo?.numero ?? 0,
    limite: registrosPorVez,
  });
  const todos = [...problemas, ...conferida.problemas];
  return {
    integra: todos.length === 0,
    registros: conferida.registros,
    selos: conferida.selos,
    naoSelados: toInt(fim - selado),
    ultimoSelo: ultimoSelo && toSelo(ultimoSelo),
    problemas: todos.map(toProblema),
    proximoNumero: conferida.proximo === null ? null : toInt(conferida.proximo),
  };
};
