/** How requests are kept, repeated and held back. */
import { QueryClient } from '@tanstack/react-query';
import { ConnectionError, ProblemError } from './problem.ts';

/** What is younger than this is shown without asking again. */
const FRESH_MILLISECONDS = 10_000;
/** Attempts after the first, where the server itself says that it is for the moment. */
const BUSY_RETRIES = 2;

/** A lost connection is waited for without end; a refusal will be the same next time. */
const again = (failures: number, error: Error): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ProblemError && error.status === 503 && failures < BUSY_RETRIES);

const delay = (failures: number, error: Error): number =>
  error instanceof ProblemError && error.retryAfterSeconds !== undefined
    ? error.retryAfterSeconds * 1_000
    : Math.min(500 * 2 ** failures, 4_000);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_MILLISECONDS, retry: again, retryDelay: delay },
    mutations: { retry: again, retryDelay: delay },
  },
});
