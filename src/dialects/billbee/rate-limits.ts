/** How many requests a caller may send (billbee.md §1.3). */
import type { Caller, RateLimit, Route } from '../contract.ts';

/** Requests in a second [docs: swagger-2023]. */
const OF_AN_ENDPOINT = 2;
/** For one API key and user together, and for one API key whoever uses it [docs: swagger-2024]. */
const OF_A_USER = 10;
const OF_AN_API_KEY = 50;

/** A credential is a user with the API key that goes with it. The key is known by its digest alone. */
export function rateLimits({ credentialId, settings }: Caller, { operation }: Route): readonly RateLimit[] {
  const apiKey = String(settings.apiKeySha256).toLowerCase();
  return [
    { key: `billbee ${credentialId} ${operation}`, maximum: OF_AN_ENDPOINT, seconds: 1 },
    { key: `billbee ${credentialId}`, maximum: OF_A_USER, seconds: 1 },
    { key: `billbee ${apiKey}`, maximum: OF_AN_API_KEY, seconds: 1 },
  ];
}
