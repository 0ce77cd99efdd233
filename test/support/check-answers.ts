/**
 * Loaded before every test file: each answer that a test gets by `fetch` from one of the five APIs is held against the
 * API's OpenAPI document, whatever the test itself looks at.
 */
import { faultsOfAnswer } from './contract.ts';

const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') return response;
  const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
  const faults = faultsOfAnswer({
    method,
    path: url.pathname,
    status: response.status,
    contentType: response.headers.get('content-type'),
    text: await response.clone().text(),
  });
  if (faults.length > 0) throw new Error(`The answer is not what the document says:\n${faults.join('\n')}`);
  return response;
};
