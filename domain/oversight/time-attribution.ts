/**
 * 时间归属 (第五条第一款): of the working days since a record came into being, those that the department used and those that
 * the platform used. At any time exactly one of them keeps the record, so the two always add up to all the days.
 */
import { later, legalDateOf, type LegalDate, type WorkCalendar } from '../clock/calendar.ts';
import { workingDaysBetween } from '../clock/deadlines.ts';

/** Who has the record in hand. */
type Keeper = 'department' | 'platform';

/** Who keeps the record after each deed; null: nobody, it is published. */
const PASSES_TO = {
  received: 'platform',
  returned: 'department',
  resubmitted: 'platform',
  published: null,
} as const satisfies Record<string, Keeper | null>;

export interface PassingEvent {
  event: keyof typeof PASSES_TO;
  on: LegalDate;
}

const DEEDS: Record<string, PassingEvent['event']> = {
  // 内部审核: what the department has reviewed has arrived on the platform.
  approve: 'received',
  return: 'returned',
  resubmit: 'resubmitted',
  publish: 'published',
};

/**
 * The deeds of the audit log by which a record changed hands, beginning with its receipt.
 * @param receivedAt null where a deed hands it over, because the department itself reviewed it first.
 */
export function passingsIn(receivedAt: Date | null, deeds: readonly { action: string; at: Date }[]): PassingEvent[] {
  const on = (at: Date) => legalDateOf(at.getTime());
  const passed = deeds.flatMap(({ action, at }): PassingEvent[] => {
    const event = DEEDS[action];
    return event ? [{ event, on: on(at) }] : [];
  });
  return receivedAt === null ? passed : [{ event: 'received', on: on(receivedAt) }, ...passed];
}

interface Stretch {
  party: Keeper;
  from: LegalDate;
  until: LegalDate;
  workingDays: number;
}

export interface TimeAttribution {
  /** Working days used by each, and by both. The day of the event is not counted, as in every limit. */
  department: number;
  platform: number;
  total: number;
  stretches: Stretch[];
}

/**
 * @param events in the order in which they happened.
 * @param today the day until which the time of an unpublished record is counted.
 */
export function attributeTime(
  calendar: WorkCalendar,
  generatedOn: LegalDate,
  events: readonly PassingEvent[],
  today: LegalDate,
): TimeAttribution {
  const stretches: Stretch[] = [];
  let keeper: Keeper | null = 'department';
  let from = generatedOn;
  // Whoever has the record today has it until today.
  const passings = [...events.map(({ event, on }) => ({ on, next: PASSES_TO[event] })), { on: today, next: null }];
  for (const { on, next } of passings) {
    if (!keeper) break;
    // A record's own date may lie after its receipt; then the stretch has no length instead of a negative one.
    const until = later(on, from);
    stretches.push({ party: keeper, from, until, workingDays: workingDaysBetween(calendar, from, until) });
    keeper = next;
    from = until;
  }
  const of = (one: Keeper) =>
    stretches.reduce((sum, { party, workingDays }) => sum + (party === one ? workingDays : 0), 0);
  const [department, platform] = [of('department'), of('platform')];
  return { department, platform, total: department + platform, stretches };
}
