/** An issuer of tokens for the demo: a key in the data directory instead of an OpenID provider. */
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { secretFile } from '../secrets.ts';

const ALGORITHM = 'RS256';
/** Long enough that a printed command still works when one comes back to the terminal. */
const TOKEN_LIFETIME = '365 days';

export interface DemoIssuer {
  readonly issuer: string;
  readonly publicKey: JWK;
  sign(audience: string, subject: string): Promise<string>;
}

export async function demoIssuer(directory: string): Promise<DemoIssuer> {
  const text = await secretFile(directory, 'demo-openid.key', async () => {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    return JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'demo', alg: ALGORITHM, use: 'sig' });
  });
  const jwk = JSON.parse(text) as JWK;
  const key = await importJWK(jwk, ALGORITHM);
  // The name follows the key, so that another data directory with the same database is another issuer.
  const issuer = `https://demo.invalid/${String(jwk.n).slice(0, 16)}`;
  const { kty, n, e, kid, alg, use } = jwk;
  return {
    issuer,
    publicKey: { kty, n, e, kid, alg, use } as JWK,
    sign: (audience, subject) =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, kid: 'demo' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(TOKEN_LIFETIME)
        .sign(key),
  };
}
