/** What a new subgraph and its first entity are called, in each form that a file needs. */
export type Names = {
  /** `contratos`: folder, database, permissions, host. */
  readonly name: string;
  /** `Contratos`, as in `ContratosContext`. */
  readonly Name: string;
  /** `ItemContrato`: the type in the graph. */
  readonly Entidade: string;
  /** `itemContrato`: fields and variables. */
  readonly entidade: string;
  /** `itemContratos`: the repository among its sisters. */
  readonly entidades: string;
  /** `item-contrato`: files and folder. */
  readonly 'entidade-file': string;
  /** `item_contrato`: the table. */
  readonly tabela: string;
};

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const separated = (entity: string, separator: string): string =>
  entity.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => separator + letter).toLowerCase();

/** Folders of `subgraphs/` and `prisma/` that are no domain, the database of the queues, other services, checks of health. */
const taken = [
  ...['testing', 'plataforma', 'filas', 'router', 'migrar', 'copiar', 'postgres', 'redis', 'correio'],
  ...['prometheus', 'grafana', 'jaeger', 'queues', 'database', 'revocations'],
];

/**
 * Reads the arguments `NAME [Entidade]`; the entity is the name in the singular unless given.
 *
 * @throws Error in Portuguese, for a name that is no identifier or an entity that cannot be guessed.
 */
export const readNames = ([name, entity, ...rest]: readonly string[]): Names => {
  if (!name || rest.length > 0) throw new Error('Uso: npm run new:subgraph <nome> [Entidade]');
  if (!/^[a-z][a-z0-9]{1,30}$/.test(name) || taken.includes(name)) {
    throw new Error(
      `${name} não serve de nome: use de 2 a 31 letras minúsculas sem acento e algarismos, como contratos.`,
    );
  }
  if (!entity && !name.endsWith('s')) {
    throw new Error(`Diga a entidade: npm run new:subgraph ${name} ${capitalized(name)}`);
  }
  const Entidade = entity ?? capitalized(name.slice(0, -1));
  if (!/^[A-Z][A-Za-z0-9]{1,40}$/.test(Entidade)) {
    throw new Error(
      `${Entidade} não serve de entidade: use PascalCase sem acento, no singular, como Contrato.`,
    );
  }
  const entidade = Entidade.charAt(0).toLowerCase() + Entidade.slice(1);
  return {
    name,
    Name: capitalized(name),
    Entidade,
    entidade,
    entidades: `${entidade}s`,
    'entidade-file': separated(Entidade, '-'),
    tabela: separated(Entidade, '_'),
  };
};
