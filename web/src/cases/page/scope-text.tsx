/** 经营范围 with the keywords that brought the case here marked. */
import type { ReactNode } from 'react';

interface Hit {
  start: number;
  end: number;
  keyword: string;
}

/** Overlapping hits share one mark: screen readers would read nested marks twice. */
export function ScopeText({ scope, hits }: { scope: string; hits: Hit[] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end, keyword } of hits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    parts.push(
      scope.slice(at, start),
      <mark key={start} title={keyword}>
        {scope.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  return (
    <p className="scope prewrap">
      {parts}
      {scope.slice(at)}
    </p>
  );
}
