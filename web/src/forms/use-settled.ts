import { useEffect, useState } from 'react';

/** In ms. Longer than the pause between two keystrokes. */
const PAUSE_MS = 300;

/** The value once it has not changed for a moment. Searching at every keystroke would use up the server's rate limit. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
