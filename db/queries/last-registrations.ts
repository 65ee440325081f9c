/** The last registrations that came in, by which other reference data are tried. */
import { and, desc, inArray, lt, or, eq } from 'drizzle-orm';
import { EVENTS } from '../../domain/registration/events.ts';
import { REGISTRATION_EVENTS } from '../../domain/registration/words.ts';
import { keysOf } from '../../domain/keys.ts';
import type { Database } from '../postgres/client.ts';
import { registrations } from '../schema.ts';

const PAGE = 200;
const OWN_SCOPE = keysOf(REGISTRATION_EVENTS).filter((event) => EVENTS[event].items === 'scope');

/** Only events that bring a scope of their own. @yields pages, the newest first, until `most` are read. */
export async function* lastRegistrations(db: Database, most: number) {
  let after: { acceptedAt: Date; registrationNo: string } | undefined;
  for (let left = most; left > 0;) {
    const rows = await db
      .select({
        registrationNo: registrations.registrationNo,
        uscc: registrations.uscc,
        name: registrations.name,
        kind: registrations.kind,
        origin: registrations.origin,
        regionCode: registrations.regionCode,
        scope: registrations.scope,
        event: registrations.event,
        registeredOn: registrations.registeredOn,
        acceptedAt: registrations.acceptedAt,
      })
      .from(registrations)
      .where(and(inArray(registrations.event, OWN_SCOPE), after && olderThan(after)))
      .orderBy(desc(registrations.acceptedAt), desc(registrations.registrationNo))
      .limit(Math.min(PAGE, left));
    if (rows.length > 0) yield rows;
    after = rows.at(-1);
    if (rows.length < PAGE) return;
    left -= rows.length;
  }
}

const olderThan = ({ acceptedAt, registrationNo }: { acceptedAt: Date; registrationNo: string }) =>
  and(
    // Said for the index; the rest orders those of one instant.
    or(lt(registrations.acceptedAt, acceptedAt), eq(registrations.acceptedAt, acceptedAt)),
    or(lt(registrations.acceptedAt, acceptedAt), lt(registrations.registrationNo, registrationNo)),
  );
