/**
 * Loaded before every test file: each answer that a test gets from one of the five APIs, by `fetch` or through a real client
 * that uses Node's own HTTP, is held against the API's OpenAPI document, whatever the test itself looks at.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { faultsOfAnswer } from './contract.ts';

/** Where tests send to; the last one is the host that a real client has built in, led to this machine by its test. */
const HOSTS = new Set(['127.0.0.1', 'localhost', 'app.billbee.io']);

interface Seen {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

function expectDocumented({ host, ...answered }: Seen): void {
  const faults = HOSTS.has(host) ? faultsOfAnswer(answered) : [];
  if (faults.length > 0) throw new Error(`The answer is not what the document says:\n${faults.join('\n')}`);
}

/** A letter of a path in its other spelling, which the router reads as the letter. */
const LETTER = /%[46][1-9a-f]|%[57][0-9a]/gi;

const send = globalThis.fetch;

/** It has no end to wait for. */
const isStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') === true;

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  expectDocumented({
    host: url.hostname,
    method: (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase(),
    path: url.pathname.replace(LETTER, decodeURIComponent),
    status: response.status,
    contentType: response.headers.get('content-type'),
    text: isStream(response) ? '' : await response.clone().text(),
  });
  return response;
};

// Published in the turn in which the client gets the answer, so both see all of its body. A fault ends the test file.
subscribe('http.client.response.finish', message => {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
  // The browser's driver reads a body some turns later, and would find it read.
  if (/HeadlessChrome/.test(String(request.getHeader('user-agent')))) return;
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () =>
    expectDocumented({
      host: request.host,
      method: request.method,
      path: request.path.split('?', 1)[0]!,
      status: response.statusCode ?? 0,
      contentType: response.headers['content-type'] ?? null,
      text: Buffer.concat(chunks).toString(),
    }),
  );
});
