/** What `npm run chaos` sends is what the schemas take: were it refused, the run would find nothing. */
import { describe, expect, it, test } from 'vitest';
import { recordOfAnswer } from '../../domain/case-types/registration-push/record.ts';
import { commandsOf, schemaOf } from '../../domain/case-types/commands.ts';
import type { SentFeedback } from '../../domain/case-types/registration-push/commands.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { RECORD_KINDS, shownFields } from '../../domain/publicity/record-fields.ts';
import { unknownKeys } from '../../domain/unknown-keys.ts';
import { bodyOf, TAKEN, type Desk } from '../../scripts/lib/chaos/bodies.ts';
import { Dice } from '../../scripts/lib/chaos/dice.ts';
import { Journal } from '../../scripts/lib/chaos/journal.ts';
import { neverAccepted, tally } from '../../scripts/lib/chaos/tally.ts';
import { PERMIT } from '../support/permit.ts';

const TODAY = '2026-11-30';
/** So many throws reach every branch of a body. */
const THROWS = 60;
const FILING = { ...PERMIT, kind: 'other', section: 'others', title: '备案' };

/** A case as the API shows it, about a permit or a filing, with facts of every case type. */
function desk(kind: 'permit' | 'other', dice: Dice): Desk {
  const fields = shownFields(kind, kind === 'permit' ? PERMIT : FILING);
  const facts = {
    measureIds: ['SP01', 'SP02'],
    itemIds: dice.happens(0.5) ? ['PA001'] : [],
    returnedBy: '430103-health',
  };
  const record = { kind, version: 2, fields } as Desk['detail']['record'];
  const shown = { version: 1, fields };
  const correction = { kindTitle: RECORD_KINDS[kind], shown, proposed: { version: 3, fields } };
  const detail = {
    facts,
    ...(dice.happens(0.5) ? { record } : { correction: correction as Desk['detail']['correction'] }),
  };
  return { detail, dice, today: TODAY, attachmentIds: ['2b0c7f5e-7c5a-4f0e-9a53-0c2f0a1d5b11'] };
}

function bodiesOf(what: string): { schema: NonNullable<ReturnType<typeof schemaOf>>; bodies: object[] } {
  const [caseType, action] = what.split('.') as [CaseType, string];
  const dice = new Dice(7);
  const kinds = Array.from({ length: THROWS }, () => dice.pick(['permit', 'other'] as const));
  return {
    schema: schemaOf(caseType, action)!,
    bodies: kinds.map((kind) => bodyOf(caseType, action, desk(kind, dice))!),
  };
}

describe('what people write in chaos', () => {
  test.each(TAKEN)('%s', (what) => {
    const { schema, bodies } = bodiesOf(what);
    for (const body of bodies) {
      expect(schema.safeParse(body).error?.issues, JSON.stringify(body)).toBeUndefined();
      expect(unknownKeys(schema, body)).toEqual([]);
    }
  });

  it('leaves no command of the case types out but those without an occasion', () => {
    const types = new Set(TAKEN.map((what) => what.split('.')[0] as CaseType));
    const all = [...types].flatMap((caseType) => commandsOf(caseType).map((action) => `${caseType}.${action}`));
    expect(all.filter((what) => !TAKEN.includes(what))).toEqual([
      'publication.conclude',
      'listing.recordCourtRejection',
      'listing.answerQuestion',
    ]);
    expect(types.size).toBe(9);
  });

  test.each(['registrationPush.feedBack', 'registrationPush.supplement'])('%s brings whole records', (what) => {
    const about = {
      uscc: PERMIT.uscc,
      name: PERMIT.name,
      departmentCode: '430103-health',
      departmentName: '卫生健康部门',
    };
    const recorded = (bodiesOf(what).bodies as SentFeedback[]).filter(({ documentNo }) => documentNo !== undefined);
    const outcomes = new Set(recorded.map(({ outcome }) => outcome));
    expect([...outcomes].sort()).toEqual(['commitment-accepted', 'filing-made', 'permit-granted']);
    for (const answer of recorded) {
      const { documentNo = '' } = answer;
      expect(recordOfAnswer({ ...answer, documentNo }, about)).toMatchObject({ documentNo, content: answer.content });
    }
  });
});

describe('what chaos counts', () => {
  const claim = 'registrationPush.claim';
  const refused = { status: 400, body: { code: 'input.invalid', detail: '没有这个字段' } };

  function journal({ accepted = 0, refusals = 0, lifecycles = 0 }): Journal {
    const all = Object.assign(new Journal(), { lifecycles });
    for (let n = 0; n < accepted; n += 1) all.answered(claim, { status: 200, body: {} });
    for (let n = 0; n < refusals; n += 1) all.answered(claim, refused);
    return all;
  }

  it('tells of every command how often it was accepted, and why not', () => {
    const lines = tally(journal({ accepted: 2, refusals: 1 }));
    expect(lines).toContain('registrationPush.claim 认领：2/3（input.invalid 1）');
    expect(lines).toContain('registrationPush.return 回退：0/0');
  });

  it('notes a body that its schema refuses', () => {
    expect([...journal({ refusals: 2 }).malformed]).toEqual([[`${claim}: 400 input.invalid 没有这个字段`, 2]]);
    expect(journal({ accepted: 2 }).malformed.size).toBe(0);
  });

  it('names what was always refused, and in a long run what was never accepted', () => {
    expect(neverAccepted(journal({ refusals: 29, lifecycles: 199 }))).toEqual([]);
    expect(neverAccepted(journal({ refusals: 30 }))).toEqual([claim]);
    expect(neverAccepted(journal({ refusals: 30, accepted: 1 }))).toEqual([]);
    const missing = neverAccepted(journal({ accepted: 1, lifecycles: 200 }));
    expect(missing).toContain('registrationPush.return');
    expect(missing).not.toContain(claim);
    expect(missing).not.toContain('correction.conclude');
  });

  it('takes an answer that asks for patience for none', () => {
    expect([200, 409, 429, 503].map((status) => Journal.isDecided({ status }))).toEqual([true, true, false, false]);
  });
});
