/** A real OpenID provider on loopback, for tests: tokens, rotation of its keys, and ways of being away. */
import { createPublicKey, type JsonWebKey, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { Provider } from 'oidc-provider';

export interface OpenidProvider {
  readonly issuer: string;
  /** Where its discovery document says that the keys are. */
  readonly jwksUrl: string;
  /** How often the keys were asked for. */
  keysAsked(): number;
  /** An access token of the client for itself: its `sub` is `CLIENT`. */
  clientToken(audience: string): Promise<string>;
  /** What the client gets when this person logs in. */
  logIn(audience: string, person: string): Promise<{ accessToken: string; idToken: string }>;
  /** A token with these claims and headers, signed with the provider's own key; a claim of `undefined` is left out. */
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** The key that it signs with. */
  key(): Promise<{ readonly pair: JWK; readonly public: JWK; readonly pem: string }>;
  /** Signs with a new key from now on; those before are still published, unless they are withdrawn. */
  rotate(before?: 'published' | 'withdrawn'): Promise<void>;
  /** `gone`: hangs up. `silent`: never answers. `failing`: answers 500. `moved`: redirects to another host. */
  become(state: State): void;
  stop(): Promise<void>;
}

export type State = 'up' | 'gone' | 'silent' | 'failing' | 'moved';

export const CLIENT = 'warehouse';
const SECRET = 'a-secret-of-the-client-in-tests-only';
const REDIRECT = 'http://127.0.0.1/callback';
const TOKEN_SECONDS = 600;
/** Where no vendor has a path of its own. */
const MOUNT = '/openid';

export interface OpenidProviderOptions {
  /** The `kid` of every key that it makes; a random one without it. */
  readonly keyId?: string;
}

export async function startOpenidProvider(options: OpenidProviderOptions = {}): Promise<OpenidProvider> {
  let state: State = 'up';
  let keysAsked = 0;
  let keys: JWK[] = [];
  let provider: Provider;

  const server = createServer(async (request, response) => {
    if (request.url === `${MOUNT}/jwks`) keysAsked += 1;
    if (state === 'gone') return request.socket.destroy();
    if (state === 'silent') return;
    if (state === 'failing') return response.writeHead(500).end();
    if (state === 'moved') {
      return response.writeHead(302, { location: `http://localhost:${port}/elsewhere` }).end();
    }
    if (request.url?.startsWith(`${MOUNT}/interaction/`)) return letIn(provider, request, response);
    return provider.callback()(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;

  async function newKey(): Promise<JWK> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    return { ...(await exportJWK(privateKey)), kid: options.keyId ?? randomUUID(), use: 'sig', alg: 'RS256' };
  }

  /** A provider's keys are part of its configuration: other keys are another start. */
  function configure(wanted: JWK[]): void {
    keys = wanted;
    provider = quietly(() => openProvider(issuer, keys));
  }

  async function sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const usual = { iss: issuer, sub: CLIENT, iat: now, exp: now + TOKEN_SECONDS };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keys[0]!.kid!, ...header })
      .sign(await importJWK(keys[0]!, 'RS256'));
  }

  async function ask(body: Record<string, string>): Promise<{ access_token: string; id_token?: string }> {
    const answer = await fetch(`${issuer}${MOUNT}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${CLIENT}:${SECRET}`).toString('base64')}` },
      body: new URLSearchParams(body),
    });
    if (answer.status !== 200) throw new Error(`the provider answered ${await answer.text()}`);
    return (await answer.json()) as { access_token: string; id_token?: string };
  }

  configure([await newKey()]);
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri: jwksUrl } = (await discovery.json()) as { jwks_uri: string };

  return {
    issuer,
    jwksUrl,
    keysAsked: () => keysAsked,
    clientToken: async audience =>
      (await ask({ grant_type: 'client_credentials', resource: audience })).access_token,
    logIn: async (audience, person) => {
      const code = await codeFor(issuer, audience, person);
      const granted = await ask({
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT,
        resource: audience,
      });
      return { accessToken: granted.access_token, idToken: granted.id_token! };
    },
    sign,
    key: async () => {
      const pair = keys[0]!;
      const { kty, n, e, kid, use, alg } = pair;
      const pub = { kty, n, e, kid, use, alg } as JWK;
      return {
        pair,
        public: pub,
        pem: createPublicKey({ key: pub as JsonWebKey, format: 'jwk' }).export({
          type: 'spki',
          format: 'pem',
        }) as string,
      };
    },
    rotate: async (before = 'published') =>
      configure([await newKey(), ...(before === 'published' ? keys : [])]),
    become: next => {
      state = next;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function openProvider(issuer: string, keys: JWK[]): Provider {
  return new Provider(issuer, {
    jwks: { keys: keys as never },
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        grant_types: ['client_credentials', 'authorization_code'],
        redirect_uris: [REDIRECT],
      },
    ],
    routes: { authorization: `${MOUNT}/auth`, token: `${MOUNT}/token`, jwks: `${MOUNT}/jwks` },
    cookies: { keys: [SECRET] },
    pkce: { required: () => false },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `${id} Sample`, email: `${id}@example.test` }),
    }),
    interactions: { url: (_context, interaction) => `${MOUNT}/interaction/${interaction.uid}` },
    // Whoever has logged in has agreed.
    loadExistingGrant: async context => {
      const { client, session, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      Grant: TOKEN_SECONDS,
      Interaction: TOKEN_SECONDS,
      Session: TOKEN_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: TOKEN_SECONDS,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
}

/** The provider tells whoever starts it what to change for production; a test has no use for that. */
function quietly<T>(work: () => T): T {
  const { info, warn } = console;
  console.info = console.warn = () => {};
  try {
    return work();
  } finally {
    Object.assign(console, { info, warn });
  }
}

/** Logs in whoever the request is for, as a person would on the provider's page. */
async function letIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  await provider.interactionFinished(request, response, {
    login: { accountId: String(params.login_hint) },
  });
}

/** What a browser does from the link to the provider until it is sent back to the client. */
async function codeFor(issuer: string, audience: string, person: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = `${issuer}${MOUNT}/auth?${new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid profile email',
    resource: audience,
    login_hint: person,
  })}`;
  while (!url.startsWith(REDIRECT)) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(pair => pair.join('=')).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split(/=(.*)/);
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the provider answered ${answer.status} ${await answer.text()}`);
    url = new URL(location, url).href;
  }
  const code = new URL(url).searchParams.get('code');
  if (code === null) throw new Error(`the provider sent back ${url}`);
  return code;
}
