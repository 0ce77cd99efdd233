/** Who is signed in. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, bodyOf, rememberCsrfToken, type Schema } from './client.ts';
import { queryClient } from './query-client.ts';

export type Session = Schema<'Session'>;
export type Role = Session['role'];

const PATH = '/concord/v1/session';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => remember(await bodyOf(api.GET(PATH, { signal }))),
  staleTime: Number.POSITIVE_INFINITY,
});

function remember(session: Session): Session {
  rememberCsrfToken(session.csrfToken);
  return session;
}

export async function signIn(login: string, password: string): Promise<Session> {
  const session = remember(await bodyOf(api.POST(PATH, { body: { login, password } })));
  queryClient.setQueryData(sessionQuery.queryKey, session);
  return session;
}

/** Ends the session and forgets everything that was read in it. */
export async function signOut(): Promise<void> {
  await api.DELETE(PATH);
  rememberCsrfToken(null);
  queryClient.clear();
  // Drafts, too: what one person typed is nothing for the next one at this screen.
  sessionStorage.clear();
}

/** Inside the shell, where somebody is signed in. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

const RANKS: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, admin: 2 };

/** `useMay('editor')`: whether the person has this role or a higher one. The server decides in any case. */
export const useMay = (role: Role): boolean => RANKS[useSession().role] >= RANKS[role];
