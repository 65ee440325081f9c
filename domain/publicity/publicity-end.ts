/** Until when a version of a record is shown (公示期限). */
import { addDays, type LegalDate } from '../clock/calendar.ts';
import { penaltyTerm, type PublicityEnd } from '../rule-sets/penalty-publicity.ts';
import { FITTING, RECORD_EVENTS, type RecordEvent } from './record-events.ts';
import type { RecordKind } from './record-fields.ts';

interface ShownVersion {
  kind: RecordKind;
  /** That of the department which decided. */
  sector: string;
  content: Record<string, unknown>;
  event: RecordEvent | undefined;
  /** The day on which the record was first shown. */
  publishedOn: LegalDate;
  /** The day on which the version is shown. */
  on: LegalDate;
  /** When the publicity of the version before it would have ended. */
  before: PublicityEnd | undefined;
}

/** The earlier of the day that the department stated (公示截止期) and that of the rule set. @returns undefined: no end. */
export function publicityEnd(shown: ShownVersion): PublicityEnd | undefined {
  const { kind, sector, content, event, publishedOn, on, before } = shown;
  const fit = event && FITTING[kind][event];
  if (event && fit?.outcome === 'hidden') {
    return { until: addDays(on, -1), basis: `${RECORD_EVENTS[event]}（${fit.article}）` };
  }
  // Nobody needs the reason longer than the decision itself would have been shown.
  if (fit?.outcome === 'explained') return before;
  const { publicUntil } = content;
  const stated =
    typeof publicUntil === 'string' ? { until: publicUntil, basis: '归集部门填报的公示截止期' } : undefined;
  const term = kind === 'penalty' ? penaltyTerm(sector, content, publishedOn, on) : undefined;
  if (!stated || !term) return stated ?? term;
  return stated.until <= term.until ? stated : term;
}
