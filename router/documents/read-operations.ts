import { type Config, ConfigError } from '../../platform/config';
import { readRegistered } from './registered';

type Settings = Pick<Config, 'TEIA_OPERACOES' | 'TEIA_MANIFESTO' | 'TEIA_SUPERGRAPH'>;

/**
 * The operations that the router knows from its start, and whether it executes no others.
 *
 * @throws ConfigError naming TEIA_MANIFESTO when a file is no manifest, or is missing.
 */
export const readOperations = ({ TEIA_OPERACOES, TEIA_MANIFESTO, TEIA_SUPERGRAPH }: Settings) => {
  const onlyRegistered = TEIA_OPERACOES === 'somente-registradas';
  if (TEIA_MANIFESTO || !TEIA_SUPERGRAPH)
    return { registered: readRegistered(TEIA_MANIFESTO), onlyRegistered };
  if (onlyRegistered) {
    throw new ConfigError(
      'TEIA_MANIFESTO: falta o manifesto das operações do supergrafo de TEIA_SUPERGRAPH (TEIA_OPERACOES=somente-registradas).',
    );
  }
  return { registered: readRegistered([]), onlyRegistered };
};
