import { type KeysSetting, parseKeys, readKeyText } from './key-file';
import { logSparingly } from './log-sparingly';
import { runEvery } from './run-every';
import { type SigningKeys, toSigningKeys } from './signing-keys';

const defaultEveryMs = 3_000;

/**
 * Reads a JWK Set that signs, and again every few seconds, so that a rotation needs no restart. What is wrong with a
 * later content is logged, and the last good one stays.
 *
 * @throws ConfigError naming the setting and what is wrong with the file at first, quoting nothing of it.
 */
export const watchSigningKeys = async (
  file: string,
  setting: KeysSetting = 'TEIA_CHAVES',
  everyMs = defaultEveryMs,
): Promise<SigningKeys & { readonly stop: () => Promise<void> }> => {
  const from = { file, setting };
  let text = await readKeyText(from);
  let keys = toSigningKeys(parseKeys(from, text));

  // By its content: a change may keep the time of the file, and a bind mount tells of none.
  const readAgain = async (): Promise<void> => {
    const current = await readKeyText(from);
    if (current === text) return;
    keys = toSigningKeys(parseKeys(from, current));
    text = current;
  };
  const onError = logSparingly(`the last good keys of ${setting} stay in use`);
  return {
    signing: (now) => keys.signing(now),
    jwks: () => keys.jwks(),
    stop: runEvery({ everyMs, onError }, readAgain),
  };
};
