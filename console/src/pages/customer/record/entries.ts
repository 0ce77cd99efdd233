/** The entries of a list, with those that were removed elsewhere while they are edited here. */

import { type Owner, partyOf, pathOf } from './edits.ts';
import { useDrafts, useRecord } from './record-context.tsx';
import { NEW, type Party } from './types.ts';

/** An edit of an entry that is gone stays on the screen: saving it asks what is to stand. */
export function useEntries<Name extends keyof Party>(list: Name, owner: Owner): Party[Name] {
  const { customer, session } = useRecord();
  const drafts = useDrafts();
  const present = partyOf(customer, owner)?.[list] ?? [];
  const prefix = pathOf(owner, `${list}/`);
  const gone = Object.keys(drafts).flatMap(path => {
    const id = path.startsWith(prefix) ? path.slice(prefix.length) : NEW;
    if (id === NEW || id.includes('/') || present.some(entry => entry.id === id)) return [];
    const base = session.drafts.base(path)?.body;
    const party = base && partyOf(base, owner);
    return party?.[list].filter(entry => entry.id === id) ?? [];
  });
  return gone.length === 0 ? present : ([...present, ...gone] as Party[Name]);
}
