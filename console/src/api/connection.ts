/**
 * Whether the server can be reached. While it cannot, TanStack Query holds requests and changes back and sends them
 * when it can again, so nothing is lost.
 */
import { onlineManager } from '@tanstack/react-query';

/** How often to try whether the server is back. */
const PROBE_MILLISECONDS = 2_000;
const PROBE_PATH = '/concord/v1/session';

let probing = false;

/** A request did not come through: hold the others back until one does. */
export function connectionLost(): void {
  onlineManager.setOnline(false);
  void probe();
}

async function probe(): Promise<void> {
  if (probing) return;
  probing = true;
  while (!onlineManager.isOnline()) {
    await new Promise(resolve => setTimeout(resolve, PROBE_MILLISECONDS));
    // Any answer will do, a refusal too.
    const reached = await fetch(PROBE_PATH).then(
      response => response.status < 502,
      () => false,
    );
    if (reached) onlineManager.setOnline(true);
  }
  probing = false;
}

/** Follows the browser's own word, but does not trust it that the server is there. */
export function watchConnection(): void {
  window.addEventListener('offline', connectionLost);
  if (!navigator.onLine) connectionLost();
}
