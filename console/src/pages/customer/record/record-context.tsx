/** What every part of the record page knows: the customer, who may edit, and the session that edits are saved in. */
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Tagged } from '../../../api/client.ts';
import { customerQuery, useCustomerPatch } from '../../../api/customer.ts';
import { useMay, useSession } from '../../../api/session.ts';
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { Drafts } from './drafts.ts';
import { EditSession, type Hands } from './edit-session.ts';
import { useLabels } from './labels.ts';
import { texts } from './texts.ts';
import type { Customer } from './types.ts';

interface RecordState {
  readonly present: Tagged<Customer>;
  readonly customer: Customer;
  /** The person may edit, and the customer is not archived. */
  readonly editable: boolean;
  readonly session: EditSession;
}

const RecordContext = createContext<RecordState | undefined>(undefined);

export function useRecord(): RecordState {
  const state = useContext(RecordContext);
  if (!state) throw new Error('RecordProvider is missing');
  return state;
}

/** By person and customer: a session outlives its page. */
const sessions = new Map<string, EditSession>();

function sessionOf(person: string, id: string, hands: Hands): EditSession {
  const key = `${person}.${id}`;
  const session = sessions.get(key) ?? new EditSession(new Drafts(person, id), hands);
  sessions.set(key, session);
  return session;
}

/** As many changed fields as a toast names. */
const NAMED_MAXIMUM = 4;

export function RecordProvider({
  present,
  children,
}: {
  readonly present: Tagged<Customer>;
  readonly children: ReactNode;
}) {
  const { id, archived } = present.body;
  const editable = useMay('editor') && !archived;
  const { tenant, name } = useSession();
  const hands = useHands(id);
  const key = `${encodeURIComponent(tenant)}.${encodeURIComponent(name)}`;
  const session = sessionOf(key, id, hands);
  useEffect(() => {
    session.hands = hands;
  });
  const state = useMemo(
    () => ({ present, customer: present.body, editable, session }),
    [present, editable, session],
  );
  return <RecordContext value={state}>{children}</RecordContext>;
}

function useHands(id: string): Hands {
  const client = useQueryClient();
  const { mutateAsync } = useCustomerPatch(id);
  const t = useTexts(texts);
  const labels = useLabels();
  const format = useFormat();
  const query = customerQuery(id);
  return {
    present: () => client.getQueryData<Tagged<Customer>>(query.queryKey)!,
    fetch: () => client.fetchQuery({ ...query, staleTime: 0 }),
    patch: mutateAsync,
    merged: (taken, record) => {
      const names = [...new Set(taken.map(path => labels.path(path, record)))];
      const rest = names.length - NAMED_MAXIMUM;
      const named =
        rest > 0 ? [...names.slice(0, NAMED_MAXIMUM), t.conflict.more(format.number(rest))] : names;
      notifications.show({
        color: 'petrol',
        title: t.conflict.merged,
        message: t.conflict.taken(format.list(named)),
        autoClose: 8_000,
      });
    },
  };
}

/** Busy paths, refusals and the open question. */
export function useSaving() {
  const { session } = useRecord();
  return useSyncExternalStore(session.subscribe, session.state);
}

export function useDrafts() {
  const { session } = useRecord();
  return useSyncExternalStore(session.drafts.subscribe, session.drafts.all);
}
