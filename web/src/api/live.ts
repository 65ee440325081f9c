/** Live updates: the server says which case types changed, and what shows them is fetched anew. */
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
    const changed = (types: readonly CaseType[]) =>
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => typesShown(queryKey).some((type) => types.includes(type)),
      });
    const noticed = () => {
      void queries.invalidateQueries({ queryKey: ['inbox'] });
      // An application arrives with its notice.
      void queries.invalidateQueries({ queryKey: ['account-applications'] });
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    events.addEventListener('open', () => {
      setLive(true);
      if (!missed.current) return;
      // What happened meanwhile was not told.
      missed.current = false;
      changed(CASE_TYPE_IDS);
      noticed();
    });
    events.addEventListener('error', () => {
      missed.current = true;
      setLive(false);
      // The browser connects again by itself, but not after an answer other than 200, as of a proxy in between.
      if (events.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => setAttempt(attempt + 1), RECONNECT_MS);
      // Or because the session has ended: then there is nothing to come back to.
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
