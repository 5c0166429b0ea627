import { badUserInput } from '../../../platform/errors';
import { requirePermission } from '../../../platform/permissions';
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

type Dependencies = Pick<UsuariosContext, 'caller' | 'auditoria' | 'selos'>;

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
  { auditoria, selos }: Dependencies,
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
 * @throws CodedError BAD_USER_INPUT when it is to begin before the first record.
 */
export const verificarAuditoria = async (
  dependencies: Dependencies,
  { desdeNumero, seloConhecido }: VerificarAuditoriaInput,
): Promise<VerificacaoAuditoria> => {
  requirePermission(dependencies.caller, 'auditoria:ler');
  if (desdeNumero < 1) {
    throw badUserInput([{ campo: 'dados.desdeNumero', mensagem: 'O primeiro registro tem o número 1.' }]);
  }
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
