/** What is typed into the search box, what is searched for, and both in the address. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useDebounced } from '../../shared/use-debounced.ts';

/** The answer is to be there 100 ms after the last key; the server takes up to 50 of them. */
const STILL_MILLISECONDS = 30;
/** Browsers refuse to write the address more often than some 200 times in 30 s. */
const ADDRESS_MILLISECONDS = 250;

export interface SearchText {
  readonly typed: string;
  /** What to search for, without blanks around it. */
  readonly text: string;
  setTyped(typed: string): void;
}

export function useSearchText(): SearchText {
  const { query = '' } = useSearch({ from: '/shell/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const [typed, setTyped] = useState(query);
  const text = useDebounced(typed.trim(), STILL_MILLISECONDS);
  const lasting = useDebounced(text, ADDRESS_MILLISECONDS);
  const written = useRef(query);
  useEffect(() => {
    if (lasting === written.current) return;
    written.current = lasting;
    void navigate({ search: before => ({ ...before, query: lasting || undefined }), replace: true });
  }, [lasting, navigate]);
  useEffect(() => {
    // The address changed by other hands: back, forward, a link.
    if (query === written.current) return;
    written.current = query;
    setTyped(query);
  }, [query]);
  return { typed, text, setTyped };
}
