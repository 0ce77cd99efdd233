/** Asks the server how it does, again and again, and keeps what it said. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { connectionLost } from '../../api/connection.ts';
import { ConnectionError, problemOf } from '../../api/problem.ts';
import { type Sample, sampleOf } from './sample.ts';
import { KEPT_MILLISECONDS, withSample } from './trend.ts';

const POLL_MILLISECONDS = 5_000;

async function ask(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, { signal, cache: 'no-store' });
  } catch (error) {
    if (signal.aborted) throw error;
    connectionLost();
    throw new ConnectionError('The server was not reached', { cause: error });
  }
}

const samplesKey = ['metrics'] as const;

/** Of the last minutes, the newest last; also from before the person left the page and came back. */
export function useSamples() {
  const client = useQueryClient();
  return useQuery({
    queryKey: samplesKey,
    queryFn: async ({ signal }): Promise<readonly Sample[]> => {
      const response = await ask('/metrics', signal);
      if (!response.ok) throw await problemOf(response);
      const sample = sampleOf(await response.text(), Date.now());
      return withSample(client.getQueryData<readonly Sample[]>(samplesKey) ?? [], sample);
    },
    refetchInterval: POLL_MILLISECONDS,
    structuralSharing: false,
    staleTime: POLL_MILLISECONDS,
    gcTime: KEPT_MILLISECONDS,
  });
}

/** Whether the database answers. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  // 503 is an answer to this question, and no error.
  queryFn: async ({ signal }) => (await ask('/ready', signal)).ok,
  refetchInterval: POLL_MILLISECONDS,
  staleTime: POLL_MILLISECONDS,
});
