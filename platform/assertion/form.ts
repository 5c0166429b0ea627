/** What tells an assertion from an access token: neither passes for the other. */
export const assertionForm = { typ: 'teia-assertion+jwt', issuer: 'teia', alg: 'EdDSA' } as const;

/** How long an assertion is good for, in seconds. */
export const assertionLifetime = 60;
