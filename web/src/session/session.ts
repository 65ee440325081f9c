/** Who is signed in. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { AccountView } from '../../../api/account-view.ts';
import { get, post, ProblemError, submit } from '../api/client.ts';

export type Session = AccountView;

export const SessionContext = createContext<Session | null>(null);

/** Inside the console only: its layout renders nothing before there is a session. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('used outside the console');
  return session;
}

const KEY = ['session'];

/** Null where nobody is signed in. */
export function useCurrentSession() {
  return useQuery({
    queryKey: KEY,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await get<Session>('/session', {}, signal);
      } catch (error) {
        if (error instanceof ProblemError && error.problem.code === 'auth.required') return null;
        throw error;
      }
    },
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return async (username: string, password: string) => {
    const { account } = await post<{ account: Session }>('/session', { username, password });
    // What the last account saw is not this one's.
    queries.clear();
    queries.setQueryData(KEY, account);
    await queries.invalidateQueries({ queryKey: KEY });
  };
}

export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    await submit('DELETE', '/session').catch(() => undefined);
    queries.clear();
    queries.setQueryData(KEY, null);
  };
}
