/** Live updates: the server says which case types changed, and what shows them is fetched anew. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** First members of query keys that changed cases are shown by. */
const ABOUT_CASES = new Set(['cases', 'case', 'tasks', 'inbox', 'statistics', 'enterprise']);

/** @returns whether the page is told of changes as they happen. */
export function useLiveUpdates(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(true);
  useEffect(() => {
    const events = new EventSource('/api/v1/events');
    const refresh = () =>
      void queries.invalidateQueries({ predicate: ({ queryKey }) => ABOUT_CASES.has(String(queryKey[0])) });
    let cutOff = false;
    events.addEventListener('open', () => {
      setLive(true);
      // What happened meanwhile was not told.
      if (cutOff) refresh();
      cutOff = false;
    });
    events.addEventListener('error', () => {
      cutOff = true;
      setLive(false);
    });
    events.addEventListener('cases', refresh);
    return () => events.close();
  }, [queries]);
  return live;
}
