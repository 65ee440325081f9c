/** Who is signed in. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import type { AccountView } from '../../../api/views/account.ts';
import { get, post, ProblemError, submit, whenSignedOut } from '../api/client.ts';

export type Session = AccountView;

export const SessionContext = createContext<Session | null>(null);

/** The account that is signed in. Only inside the console, whose layout renders nothing without a session. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('used outside the console');
  return session;
}

const KEY = ['session'];

const isSignedOut = (error: unknown) => error instanceof ProblemError && error.problem.code === 'auth.required';

/** Null if nobody is signed in. */
export function useCurrentSession() {
  return useQuery({
    queryKey: KEY,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await get<Session>('/session', {}, signal);
      } catch (error) {
        if (isSignedOut(error)) return null;
        throw error;
      }
    },
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return async (username: string, password: string) => {
    const { account } = await post<{ account: Session }>('/session', { username, password });
    // Forget what the previous account saw.
    queries.clear();
    queries.setQueryData(KEY, account);
    await queries.invalidateQueries({ queryKey: KEY });
  };
}

/** @throws ProblemError if the session could not be ended: on a shared machine nobody must believe that it was. */
export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    await submit('DELETE', '/session').catch((error: unknown) => {
      if (!isSignedOut(error)) throw error;
    });
    queries.setQueryData(KEY, null);
    // Keep the session's own query, or the frame would not notice that the session is gone.
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  };
}

/** @returns whether the server has ended the page's session. */
export function useSessionEnd(): boolean {
  const queries = useQueryClient();
  const [ended, setEnded] = useState(false);
  useEffect(
    () =>
      whenSignedOut(() => {
        // Only the first of several refusals finds a session here; new visitors never had one.
        if (queries.getQueryData(KEY)) setEnded(true);
        queries.setQueryData(KEY, null);
      }),
    [queries],
  );
  return ended;
}
