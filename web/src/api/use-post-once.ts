/** A request that is carried out once, however often the button is pressed and whether or not its answer arrives. */
import { useRef } from 'react';
import { post } from './client.ts';

/** crypto.randomUUID is missing if the page is not served over HTTPS. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @returns a post that keeps its key while the same thing is asked for, so that repeating it after a lost answer does
 * nothing twice.
 */
export function usePostOnce() {
  const asked = useRef({ what: '', key: '' });
  return async <T>(path: string, body: unknown): Promise<T> => {
    const what = JSON.stringify([path, body]);
    if (asked.current.what !== what) asked.current = { what, key: newKey() };
    const answer = await post<T>(path, body, asked.current.key);
    asked.current = { what: '', key: '' };
    return answer;
  };
}
