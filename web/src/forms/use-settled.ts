import { useEffect, useState } from 'react';

/** Between two letters of somebody who types. */
const PAUSE_MS = 300;

/** The value once it has stayed the same for a moment: not every letter asks the server, which counts what it is asked. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
