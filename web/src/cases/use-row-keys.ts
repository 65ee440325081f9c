/** Rows by keyboard, as in mail programs: j and k move, Enter opens, x selects. Nothing while somebody types. */
import { useEffect, useRef, useState } from 'react';

interface Deeds<T> {
  open: (row: T) => void;
  select: (row: T) => void;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role=combobox], [role=dialog] *'));

export function useRowKeys<T>(rows: T[], { open, select }: Deeds<T>) {
  const [focused, setFocused] = useState(0);
  const elements = useRef<(HTMLElement | null)[]>([]);

  useEffect(() => {
    const move = (to: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, to));
      setFocused(next);
      elements.current[next]?.focus();
    };
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const current = elements.current.findIndex((element) => element?.contains(document.activeElement));
      const row = rows[current];
      if (event.key === 'j') move(current + 1);
      else if (event.key === 'k') move(current < 0 ? 0 : current - 1);
      else if (event.key === 'x' && row) select(row);
      else if (event.key === 'Enter' && row && document.activeElement === elements.current[current]) open(row);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [rows, open, select]);

  const rowRef = (index: number) => (element: HTMLElement | null) => {
    elements.current[index] = element;
  };
  return { rowRef, focused };
}
