/** Tokens that must not let anybody in, each wrong in one way. */
import { createHmac, sign as signBytes } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { CLIENT, type OpenidProvider } from '../support/openid-provider.ts';

export interface Forgery {
  readonly what: string;
  readonly token: string;
}

const seconds = (after: number): number => Math.floor(Date.now() / 1_000) + after;
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `provider` is the trusted one, `stranger` any other, which the forger runs. */
export async function forgeries(
  provider: OpenidProvider,
  stranger: OpenidProvider,
  audience: string,
): Promise<Forgery[]> {
  const good = await provider.sign({ aud: audience });
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = { iss: provider.issuer, sub: CLIENT, aud: audience, exp: seconds(600) };
  const [own, other] = [await provider.key(), await stranger.key()];
  const kid = own.public.kid!;

  const bySecret = (secret: string) => {
    const signed = `${part({ alg: 'HS256', kid })}.${part(claims)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const byStranger = (headers: Record<string, unknown>) => stranger.sign(claims, headers);
  const tampered = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const sha512 = signBytes('sha512', Buffer.from(`${part({ alg: 'RS512', kid })}.${part(claims)}`), {
    key: own.pair as never,
    format: 'jwk',
  }).toString('base64url');

  const wrong: Record<string, string | Promise<string>> = {
    'another audience': provider.sign({ aud: `${audience}/other` }),
    'an audience that begins alike': provider.sign({ aud: audience.slice(0, -1) }),
    'no audience': provider.sign({}),
    'the client as audience, as an ID token has it': provider.sign({ aud: CLIENT }),
    'another issuer': stranger.sign({ aud: audience }),
    'another issuer’s name, signed by the provider': provider.sign({ aud: audience, iss: stranger.issuer }),
    'the issuer in an array': provider.sign({ aud: audience, iss: [provider.issuer] as never }),
    'no issuer': provider.sign({ aud: audience, iss: undefined as never }),
    'expired for a minute': provider.sign({ aud: audience, exp: seconds(-60) }),
    'expired for a second': provider.sign({ aud: audience, exp: seconds(-1) }),
    'no expiry': provider.sign({ aud: audience, exp: undefined as never }),
    'an expiry that is a text': provider.sign({ aud: audience, exp: String(seconds(600)) as never }),
    'valid in a minute': provider.sign({ aud: audience, nbf: seconds(60) }),
    'no subject': provider.sign({ aud: audience, sub: undefined as never }),
    'an empty subject': provider.sign({ aud: audience, sub: '' }),
    'a subject that is a number': provider.sign({ aud: audience, sub: 7 as never }),
    'a subject with a zero byte': provider.sign({ aud: audience, sub: 'a\0b' }),
    'an endless subject': provider.sign({ aud: audience, sub: 'a'.repeat(256) }),
    'a stranger’s key with the key id of the provider': byStranger({ kid }),
    'a stranger’s key with its own key id': stranger.sign(claims),
    'a stranger’s key without an id': byStranger({ kid: undefined }),
    'a stranger’s key, with an address of its keys': byStranger({ kid, jku: stranger.jwksUrl }),
    'a stranger’s key, with an address of its certificate': byStranger({ kid, x5u: stranger.jwksUrl }),
    'a stranger’s key in the header': byStranger({ kid, jwk: other.public }),
    'a stranger’s key in the header, without an id': byStranger({ kid: undefined, jwk: other.public }),
    'a critical header that nobody knows': new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid, crit: ['unknown'], unknown: 1 })
      .sign(await importJWK(own.pair, 'RS256'), { crit: { unknown: true } }),
    'another algorithm with the same key': `${part({ alg: 'RS512', kid })}.${part(claims)}.${sha512}`,
    'algorithm none, without a signature': `${part({ alg: 'none' })}.${payload}.`,
    'algorithm none, with a signature': `${part({ alg: 'none', kid })}.${payload}.${signature}`,
    'algorithm nOnE': `${part({ alg: 'nOnE', kid })}.${payload}.${signature}`,
    'no algorithm': `${part({ kid })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': bySecret(own.pem),
    'HS256 with the public key as PEM, without its last line break': bySecret(own.pem.trimEnd()),
    'HS256 with the public key as JWK': bySecret(JSON.stringify(own.public)),
    'HS256 with nothing': bySecret(''),
    'a payload of other claims': `${header}.${part({ ...tampered, sub: 'somebody' })}.${signature}`,
    'a signature of another token': `${header}.${payload}.${(await provider.sign({ aud: 'x' })).split('.')[2]}`,
    'a signature that is cut': `${header}.${payload}.${signature.slice(0, -4)}`,
    'no signature': `${header}.${payload}`,
    'a payload that is cut': `${header}.${payload.slice(0, -4)}.${signature}`,
    'half a header': `${header.slice(4)}.${payload}.${signature}`,
    'five parts, as an encrypted token has': `${good}.${payload}.${signature}`,
    'no JSON': `${Buffer.from('{').toString('base64url')}.${payload}.${signature}`,
    'more than a token': provider.sign({ aud: audience, padding: 'x'.repeat(6_500) }),
    'hundreds of audiences': provider.sign({
      aud: [...Array.from({ length: 300 }, (_, at) => `a${at}`), audience],
    }),
  };
  return Promise.all(Object.entries(wrong).map(async ([what, token]) => ({ what, token: await token })));
}
