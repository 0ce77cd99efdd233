/** Changes of one customer as they happen, whoever makes them. */
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Schema } from '../../../api/client.ts';
import { customerKey } from '../../../api/customer.ts';
import { type Change, historyKey } from './queries.ts';

const STREAM = '/concord/v1/changes';

/** When the server would not open a stream: there are too many, or the session is over. */
const AGAIN_MILLISECONDS = 15_000;

/**
 * Keeps everything about the customer up to date while the page is in sight. What was read before the stream was open
 * is read anew.
 *
 * @returns the last change that came in, to be told.
 */
export function useCustomerLive(id: string): Change | undefined {
  const client = useQueryClient();
  const [last, setLast] = useState<Change>();
  useEffect(
    () =>
      listen({
        onChange: change => {
          if (change.customerId !== id) return;
          keep(client, id, change);
          setLast(change);
        },
        // What is being read at this moment will be up to date.
        onOpen: () =>
          void client.invalidateQueries({
            queryKey: customerKey(id),
            predicate: ({ state, queryKey }) =>
              state.dataUpdatedAt > 0 && state.fetchStatus === 'idle' && queryKey[2] !== 'at',
          }),
      }),
    [client, id],
  );
  return last;
}

interface Listener {
  onChange(change: Change): void;
  /** From now on nothing is missed; what was read before may be old. */
  onOpen(): void;
}

/** Ends with what it returns. A browser has few connections to one server, so that pages out of sight give theirs back. */
function listen({ onChange, onOpen }: Listener): () => void {
  let stream: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => {
    clearTimeout(timer);
    stream?.close();
    stream = undefined;
  };
  const open = (): void => {
    close();
    stream = new EventSource(STREAM);
    stream.addEventListener('change', ({ data }: MessageEvent<string>) => onChange(JSON.parse(data)));
    stream.addEventListener('open', onOpen);
    stream.addEventListener('error', () => {
      // A lost connection is opened again by the browser, a refused one is not.
      if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MILLISECONDS);
    });
  };
  const follow = (): void => {
    if (document.hidden) close();
    else open();
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}

/** The history has it at once; what depends on the record is read anew, and what was then stays what it was. */
function keep(client: QueryClient, id: string, change: Change): void {
  client.setQueryData<InfiniteData<Schema<'History'>>>(historyKey(id), data => withNewest(data, change));
  void client.invalidateQueries({
    queryKey: customerKey(id),
    predicate: ({ queryKey }) => !['history', 'at'].includes(String(queryKey[2])),
  });
}

function withNewest(
  data: InfiniteData<Schema<'History'>> | undefined,
  change: Change,
): InfiniteData<Schema<'History'>> | undefined {
  const [first, ...others] = data?.pages ?? [];
  if (!data || !first || first.items.some(({ sequence }) => sequence >= change.sequence)) return data;
  return { ...data, pages: [{ ...first, items: [change, ...first.items] }, ...others] };
}
