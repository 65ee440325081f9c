/** Dates and instants in China's time, whatever the browser's zone: the law counts in UTC+8. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** E.g. 2026-11-23 17:05. */
export function instant(iso: string): string {
  return new Date(Date.parse(iso) + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** E.g. 2026-11-23. */
export const dayOf = (iso: string): string => instant(iso).slice(0, 10);

export function Instant({ at }: { at: string }) {
  return (
    <time dateTime={at} className="numbers">
      {instant(at)}
    </time>
  );
}
