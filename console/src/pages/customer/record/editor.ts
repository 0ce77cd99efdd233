/** The life of one edit in place: begun, typed, saved or given up. What is typed is a draft until the server has it. */
import { useEffect, useRef } from 'react';
import { useOnline } from '../../../shell/offline-banner.tsx';
import { useDrafts, useRecord, useSaving } from './record-context.tsx';
import type { Customer } from './types.ts';

export interface Editor<Value> {
  readonly open: boolean;
  readonly value: Value;
  readonly busy: boolean;
  /** Busy, and the server cannot be reached: it goes on by itself. */
  readonly waiting: boolean;
  /** Why it was not saved. */
  readonly error: unknown;
  begin(): void;
  change(value: Value): void;
  cancel(): void;
  save(): void;
  /** The server's message for a field below the path; without a name for the path itself. */
  fault(name?: string): string | undefined;
  /** For the button that begins the edit: it gets the focus back. */
  readonly origin: React.RefObject<HTMLButtonElement | null>;
}

/** `path` names what is edited: `familyName`, `addresses/<id>`. `apply` writes the value into a record. */
export function useEditor<Value>(
  path: string,
  initial: Value,
  apply: (customer: Customer, value: Value) => Customer,
): Editor<Value> {
  const { session, present } = useRecord();
  const draft = useDrafts()[path];
  const { busy, refusals } = useSaving();
  const online = useOnline();
  const origin = useRef<HTMLButtonElement>(null);
  const refusal = refusals[path];
  const open = draft !== undefined;
  const isBusy = busy.includes(path);
  const save = (): void => {
    const value = session.drafts.get(path)?.value as Value;
    void session.save(path, base => apply(base, value));
  };
  useReturningFocus(open, origin);
  // It was on its way when the page was loaded anew.
  const resume = useRef(draft?.sent === true && !isBusy);
  useEffect(() => {
    if (!resume.current) return;
    resume.current = false;
    save();
  });
  return {
    open,
    value: open ? (draft.value as Value) : initial,
    busy: isBusy,
    waiting: isBusy && !online,
    error: refusal?.error,
    begin: () => session.drafts.begin(path, initial, present),
    change: value => {
      if (isBusy) return;
      if (refusal) session.forgetRefusal(path);
      session.drafts.change(path, { value });
    },
    cancel: () => {
      session.forgetRefusal(path);
      session.drafts.end(path);
    },
    save,
    fault: name => refusal?.faults[name === undefined ? path : `${path}/${name}`],
    origin,
  };
}

function useReturningFocus(open: boolean, origin: React.RefObject<HTMLButtonElement | null>): void {
  const was = useRef(open);
  useEffect(() => {
    const closed = was.current && !open;
    was.current = open;
    // Only where the focus went with the form: somebody may be at work elsewhere.
    if (closed && document.activeElement === document.body) {
      origin.current?.focus({ preventScroll: true });
    }
  }, [open, origin]);
}
