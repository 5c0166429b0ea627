import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../platform/config';
import { normalizeEmail } from '../platform/scalars';
import { openPessoas } from '../subgraphs/usuarios/context';
import { openDatabases } from './open-databases';

const usage = 'npm run people -- desativar|reativar <email>';

const feito = { desativar: 'desativada', reativar: 'reativada' } as const;

const parse = () => {
  try {
    return parseArgs({ allowPositionals: true }).positionals;
  } catch {
    throw new ConfigError(`Uso: ${usage}`);
  }
};

const readArguments = () => {
  const [acao, given, ...rest] = parse();
  const email = given === undefined ? null : normalizeEmail(given);
  if ((acao !== 'desativar' && acao !== 'reativar') || !email || rest.length > 0) {
    throw new ConfigError(`Uso: ${usage}`);
  }
  return { acao, email } as const;
};

const main = async () => {
  const { acao, email } = readArguments();
  const databases = await openDatabases(readConfig(), ['usuarios']);
  try {
    const pessoas = openPessoas(databases.urlOf('usuarios'));
    const organizacoes = await pessoas.ativar(email, acao === 'reativar').finally(pessoas.stop);
    if (!organizacoes) throw new Error(`Não há ninguém a ${acao} com este e-mail.`);
    console.log(`Pessoa ${feito[acao]}. Organizações: ${organizacoes.join(', ') || 'nenhuma'}.`);
  } finally {
    await databases.stop();
  }
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
