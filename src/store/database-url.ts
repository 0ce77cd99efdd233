/** `DATABASE_URL` with a socket in it: libpq has two ways to write one, and the driver reads neither. */

/** `postgres://%2Frun%2Fpostgresql/concord`: the host is a directory, percent-encoded. */
const ENCODED_HOST = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)(%2F[^/?#:]*)/i;

export interface DatabaseAddress {
  readonly url: string;
  /** The directory of the socket, where the URL names one. */
  readonly host?: string;
}

export function readDatabaseUrl(text: string): DatabaseAddress {
  const encoded = ENCODED_HOST.exec(text);
  if (encoded) {
    const [whole, before, host] = encoded as unknown as [string, string, string];
    return { url: `${before}localhost${text.slice(whole.length)}`, host: decodeURIComponent(host) };
  }
  if (!URL.canParse(text)) return { url: text };
  // `postgres:///concord?host=/run/postgresql`
  const url = new URL(text);
  const host = url.searchParams.get('host');
  if (!host?.startsWith('/')) return { url: text };
  url.searchParams.delete('host');
  return { url: url.href, host };
}
