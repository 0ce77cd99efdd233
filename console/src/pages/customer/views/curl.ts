/** A request as a command for a shell, with a placeholder where the credential belongs. */

/** How each system is let in; in the order in which its manual tells it. */
const HEADERS: Readonly<Record<string, (tenant: string) => readonly string[]>> = {
  flexportal: tenant => ['Authorization: Bearer <API-KEY>', `Tenant-ID: ${tenant}`],
  connectfi: () => ['x-connectfi-token: <TOKEN>'],
  billbee: () => ['X-Billbee-Api-Key: <API-KEY>', 'Authorization: Basic <LOGIN:PASSWORD in base64>'],
};
const BEARER = ['Authorization: Bearer <TOKEN>'];

export interface CurlRequest {
  readonly dialect: string;
  readonly method: string;
  /** Where the server is: `https://concord.example`. */
  readonly origin: string;
  readonly path: string;
  readonly tenant: string;
}

export function curlOf({ dialect, method, origin, path, tenant }: CurlRequest): string {
  const headers = HEADERS[dialect]?.(tenant) ?? BEARER;
  return [
    'curl -s',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...headers.map(header => `-H ${quoted(header)}`),
    quoted(`${origin}${path}`),
  ].join(' ');
}

/** For a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
