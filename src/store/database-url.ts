/** `DATABASE_URL` with a socket or several hosts in its parameters, which libpq reads and the driver does not. */

/** `postgres://%2Frun%2Fpostgresql/concord`: the host is a directory, percent-encoded. */
const ENCODED_HOST = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)(%2F[^/?#:]*)/i;

const DEFAULT_PORT = '5432';

export interface DatabaseAddress {
  readonly url: string;
  /** The directory of the socket, or `one:5432,two:5433`, where the parameters name it. */
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
  if (!host) return { url: text };
  url.searchParams.delete('host');
  if (host.startsWith('/')) return { url: url.href, host };
  // `postgres://ada@localhost/concord?host=one,two&port=5432,5433`; one port is that of all.
  const ports = (url.searchParams.get('port') ?? '').split(',');
  url.searchParams.delete('port');
  const port = (at: number): string => (ports.length > 1 ? ports[at] : ports[0]) || url.port || DEFAULT_PORT;
  return {
    url: url.href,
    host: host
      .split(',')
      .map((each, at) => `${each}:${port(at)}`)
      .join(','),
  };
}
