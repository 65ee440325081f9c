/** Keeps filters in the address, so that a list can be bookmarked, sent to a colleague and found again by going back. */
import { useSearchParams } from 'react-router';

export type Address = Record<string, string>;

export function useAddress(): [Address, (change: Record<string, string | undefined>) => void] {
  const [search, setSearch] = useSearchParams();
  const change = (changes: Record<string, string | undefined>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return [Object.fromEntries(search), change];
}
