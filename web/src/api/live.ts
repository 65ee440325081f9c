/** Live updates: the server says which case types changed, and what shows them is fetched anew. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** First members of query keys that changed cases are shown by. */
const ABOUT_CASES = new Set(['cases', 'case', 'tasks', 'inbox', 'statistics', 'enterprise']);

const RECONNECT_MS = 5000;

function onVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/** @returns whether the page is told of changes as they happen. */
export function useLiveUpdates(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(true);
  const [attempt, setAttempt] = useState(0);
  // A browser has six connections to a server over HTTP/1.1: tabs in the background must not hold them all.
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const missed = useRef(false);
  useEffect(() => {
    if (!visible) return undefined;
    const events = new EventSource('/api/v1/events');
    const refresh = () =>
      void queries.invalidateQueries({ predicate: ({ queryKey }) => ABOUT_CASES.has(String(queryKey[0])) });
    let again: ReturnType<typeof setTimeout> | undefined;
    events.addEventListener('open', () => {
      setLive(true);
      // What happened meanwhile was not told.
      if (missed.current) refresh();
      missed.current = false;
    });
    events.addEventListener('error', () => {
      missed.current = true;
      setLive(false);
      // The browser connects again by itself, but not after an answer other than 200, as of a proxy in between.
      if (events.readyState === EventSource.CLOSED) again = setTimeout(() => setAttempt(attempt + 1), RECONNECT_MS);
    });
    events.addEventListener('cases', refresh);
    events.addEventListener('notices', () => {
      void queries.invalidateQueries({ queryKey: ['inbox'] });
      // An application arrives with its notice.
      void queries.invalidateQueries({ queryKey: ['account-applications'] });
    });
    return () => {
      clearTimeout(again);
      events.close();
      missed.current = true;
    };
  }, [queries, attempt, visible]);
  return live;
}
