/** Live updates: the server says which case types changed, and the queries that show them are fetched again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { CasesChanged } from '../../../api/http/event-stream.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import { CASE_TYPE_IDS } from '../../../domain/case-types/case-types.ts';
import { typesShown } from './types-shown.ts';

const RECONNECT_MS = 5000;

function onVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/** @returns whether the page receives changes as they happen. */
export function useLiveUpdates(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(true);
  const [attempt, setAttempt] = useState(0);
  // Disconnect in the background: a browser has six connections to a server over HTTP/1.1, and hidden tabs must not hold
  // them all.
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const missed = useRef(false);
  useEffect(() => {
    if (!visible) return undefined;
    const events = new EventSource('/api/v1/events');
    const changed = (types: readonly CaseType[]) =>
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => typesShown(queryKey).some((type) => types.includes(type)),
      });
    const noticed = () => {
      void queries.invalidateQueries({ queryKey: ['inbox'] });
      // A new application is announced by a notice, too.
      void queries.invalidateQueries({ queryKey: ['account-applications'] });
      void queries.invalidateQueries({ queryKey: ['account-lists'] });
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    events.addEventListener('open', () => {
      setLive(true);
      if (!missed.current) return;
      // Changes during the pause were missed, so everything is fetched again.
      missed.current = false;
      changed(CASE_TYPE_IDS);
      noticed();
    });
    events.addEventListener('error', () => {
      missed.current = true;
      setLive(false);
      // The browser reconnects by itself, except after an answer other than 200, e.g. from a proxy in between.
      if (events.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => setAttempt(attempt + 1), RECONNECT_MS);
      // The session may have ended; then there is nothing to reconnect to.
      void queries.invalidateQueries({ queryKey: ['session'] });
    });
    events.addEventListener('cases', ({ data }: MessageEvent<string>) =>
      changed((JSON.parse(data) as CasesChanged).types),
    );
    events.addEventListener('notices', noticed);
    return () => {
      clearTimeout(again);
      events.close();
      missed.current = true;
    };
  }, [queries, attempt, visible]);
  return live;
}
