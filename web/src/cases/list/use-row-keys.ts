/**
 * Operates rows by keyboard, as mail programs do: j and k move, Enter opens, x selects. Only with the focus inside a row,
 * so that speech input or mistyping triggers nothing (WCAG 2.1.4).
 */
import { useRef, useState, type HTMLAttributes, type KeyboardEvent } from 'react';

interface Deeds<T> {
  open: (row: T) => void;
  select: (row: T) => void;
}

/** @returns a function that makes an element the row of an index. */
export function useRowKeys<T>(rows: T[], { open, select }: Deeds<T>) {
  const [focused, setFocused] = useState(0);
  const elements = useRef<(HTMLElement | null)[]>([]);
  const within = (index: number) => Math.max(0, Math.min(rows.length - 1, index));

  function move(to: number) {
    setFocused(within(to));
    elements.current[within(to)]?.focus();
  }

  function press(event: KeyboardEvent<HTMLElement>, index: number) {
    const { currentTarget, target, ctrlKey, metaKey, altKey } = event;
    const row = rows[index];
    // React also passes on events from a row's menu or dialog, which stand elsewhere in the page.
    const isOwn = target instanceof Node && currentTarget.contains(target);
    if (!row || !isOwn || ctrlKey || metaKey || altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'j') move(index + 1);
    else if (key === 'k') move(index - 1);
    else if (key === 'x') select(row);
    else if (key === 'enter' && target === currentTarget) open(row);
  }

  return (index: number) => {
    const ref = (element: HTMLElement | null) => {
      elements.current[index] = element;
    };
    const row: HTMLAttributes<HTMLElement> = {
      tabIndex: index === within(focused) ? 0 : -1,
      onKeyDown: (event) => press(event, index),
    };
    // antd's type has no ref.
    return { ...row, ref };
  };
}
