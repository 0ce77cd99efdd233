/** Changes of one customer as they happen, whoever makes them. */
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Schema } from '../../../api/client.ts';
import { customerKey } from '../../../api/customer.ts';
import { type Change, historyKey } from './queries.ts';

const STREAM = '/concord/v1/changes';

/**
 * Keeps everything about the customer up to date while the page is open; a lost connection resumes where it stopped.
 *
 * @returns the last change that came in, to be told.
 */
export function useCustomerLive(id: string): Change | undefined {
  const client = useQueryClient();
  const [last, setLast] = useState<Change>();
  useEffect(() => {
    const stream = new EventSource(STREAM);
    const hear = (event: MessageEvent<string>): void => {
      const change = JSON.parse(event.data) as Change;
      if (change.customerId !== id) return;
      client.setQueryData<InfiniteData<Schema<'History'>>>(historyKey(id), data => withNewest(data, change));
      void client.invalidateQueries({
        queryKey: customerKey(id),
        // The history has it already; what was then is still what was then.
        predicate: ({ queryKey }) => !['history', 'at'].includes(String(queryKey[2])),
      });
      setLast(change);
    };
    stream.addEventListener('change', hear);
    return () => stream.close();
  }, [client, id]);
  return last;
}

function withNewest(
  data: InfiniteData<Schema<'History'>> | undefined,
  change: Change,
): InfiniteData<Schema<'History'>> | undefined {
  const [first, ...others] = data?.pages ?? [];
  if (!data || !first || first.items.some(({ sequence }) => sequence >= change.sequence)) return data;
  return { ...data, pages: [{ ...first, items: [change, ...first.items] }, ...others] };
}
