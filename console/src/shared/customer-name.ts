/** A customer that is known by its id only, as lists of events know it. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Customer, customerQuery } from '../api/customer.ts';

/** What is in sight for less than this is not asked for: a list that moves fast does not ask for every name. */
const LOOK_MILLISECONDS = 300;
/** A name seldom changes, and where it leads shows the present one. */
const FRESH_MILLISECONDS = 300_000;

/** `undefined` while it is not known, and for a customer that is gone. @param isThere `false` where it is known to be gone. */
export function useKnownCustomer(id: string, isThere = true): Customer | undefined {
  const [isLookedAt, setLookedAt] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLookedAt(true), LOOK_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    ...customerQuery(id),
    enabled: isLookedAt && isThere,
    staleTime: FRESH_MILLISECONDS,
    retry: false,
  });
  return data?.body;
}
