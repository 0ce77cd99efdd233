/** Leads to the first field that is wrong: by the eye it may be out of sight, and by ear it is not heard of. */
import { type RefObject, useEffect, useRef } from 'react';

/** Waits for the fields to be drawn with their faults. */
export function focusFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** For the faults that the server finds. */
export function useFocusOnFault(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) focusFault(form.current);
  }, [error]);
  return form;
}
