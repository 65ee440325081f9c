/**
 * Who sees and moves what (第四条): officials of a department see its cases and the open pool of their region, organs their
 * region. Cases of others are not found; a case that one sees but may not move is denied.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../api/app.ts';
import type { CaseView } from '../../api/cases/view.ts';
import type { ListedAuditEntry } from '../../api/routes/audit.ts';
import { caseTypeOf, TRANSITIONS, verbOf } from '../../domain/case-types/case-types.ts';
import type { Role } from '../../domain/organs/roles.ts';
import { Product } from '../support/product.ts';
import { casePath, expectProblem, newcomer, NOWHERE, registration, REGISTRATIONS } from './support/requests.ts';
import { bareApi } from './support/bare-api.ts';
import { standingCases, type StandingCases } from './support/standing-cases.ts';
import type { App } from '../../api/context.ts';

const HERE = '430103';
const NEXT = '430104';
const FAR = '430302';

interface Person {
  role: Role;
  regionCode: string;
  departmentCode?: string;
}

const PEOPLE = {
  officer: { role: 'department-officer', regionCode: HERE, departmentCode: `${HERE}-agriculture` },
  lead: { role: 'department-lead', regionCode: HERE, departmentCode: `${HERE}-agriculture` },
  otherOfficer: { role: 'department-officer', regionCode: HERE, departmentCode: `${HERE}-health` },
  otherLead: { role: 'department-lead', regionCode: HERE, departmentCode: `${HERE}-market-regulation` },
  cityOfficer: { role: 'department-officer', regionCode: '430100', departmentCode: '430100-agriculture' },
  nextOfficer: { role: 'department-officer', regionCode: NEXT, departmentCode: `${NEXT}-agriculture` },
  authority: { role: 'registering-authority', regionCode: HERE, departmentCode: `${HERE}-registration` },
  nextAuthority: { role: 'registering-authority', regionCode: NEXT, departmentCode: `${NEXT}-registration` },
  cityAuthority: { role: 'registering-authority', regionCode: '430100', departmentCode: '430100-registration' },
  supervisor: { role: 'supervisor', regionCode: HERE },
  nextSupervisor: { role: 'supervisor', regionCode: NEXT },
  provinceSupervisor: { role: 'supervisor', regionCode: '430000' },
  government: { role: 'government', regionCode: HERE },
  nextGovernment: { role: 'government', regionCode: NEXT },
  cityGovernment: { role: 'government', regionCode: '430100' },
  administrator: { role: 'platform-administrator', regionCode: '430000' },
  auditor: { role: 'auditor', regionCode: '430000' },
  cityAuditor: { role: 'auditor', regionCode: '430100' },
} as const satisfies Record<string, Person>;
type Who = keyof typeof PEOPLE;
const EVERYONE = Object.keys(PEOPLE) as Who[];

type What = keyof StandingCases;
const NOUN: Record<What, string> = {
  push: 'pushes',
  rollback: 'rollbacks',
  arbitration: 'rollbacks',
  pool: 'pool-entries',
  claimedPool: 'pool-entries',
  supervision: 'supervisions',
};

const ORGANS: Who[] = [
  'authority',
  'cityAuthority',
  'supervisor',
  'provinceSupervisor',
  'government',
  'cityGovernment',
  'administrator',
  'auditor',
  'cityAuditor',
];

/** Who sees the case of 天心区 (430103). */
const SEES: Record<What, Who[]> = {
  push: ['officer', 'lead', ...ORGANS],
  rollback: ORGANS,
  arbitration: ORGANS,
  pool: ['officer', 'lead', 'otherOfficer', 'otherLead', 'cityOfficer', ...ORGANS],
  // Once claimed, the entry is the claimant's.
  claimedPool: ['otherOfficer', ...ORGANS],
  supervision: ['officer', 'lead', ...ORGANS],
};

const RULING = { decision: 'other', departmentCode: `${HERE}-market-regulation`, reason: '依职责清单' };
const RETURN = { reasonCode: 'other', reason: '理由' };
const FEEDBACK = { outcome: 'not-applied' };

/** The accounts whose command reaches the workflow; all others are refused by the API. */
const MOVES: [What, string, object, Who[]][] = [
  ['push', 'claim', {}, ['officer', 'lead']],
  ['push', 'return', RETURN, ['officer', 'lead']],
  ['push', 'feedback', FEEDBACK, ['officer', 'lead']],
  ['rollback', 'rule', RULING, ['authority', 'cityAuthority']],
  ['arbitration', 'arbitrate', RULING, ['supervisor', 'provinceSupervisor']],
  ['pool', 'claim', {}, ['officer', 'lead', 'otherOfficer', 'otherLead', 'cityOfficer']],
  ['pool', 'withdraw', { reason: '不涉及审批' }, ['authority', 'cityAuthority']],
  ['supervision', 'accept', {}, ['lead']],
  // 第十六条：由同级人民政府给予, so not the city's.
  ['supervision', 'decline-criticism', { reason: '轻微' }, ['government']],
  ['supervision', 'reply', { explanation: '已整改' }, ['lead']],
];

let product: Product;
let app: App;
let here: StandingCases;
let far: StandingCases;
const tokens = {} as Record<Who, string>;
/** Commands that were let through to the workflow. */
const sent: string[] = [];

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  here = await standingCases(product, HERE);
  far = await standingCases(product, FAR);
  // An answer is refused by the API itself while nobody has claimed the push, because its record would be stored before.
  await product.handle.pool.query("update cases set stage = 'claimed' where case_id = $1", [here.push.caseId]);
  for (const who of EVERYONE) tokens[who] = await newcomer(product, who, PEOPLE[who]);
  app = await buildApp({
    api: {
      ...(await bareApi(product.handle.db, product.temporal)),
      // The workflow's own decisions are tested with the workflows; here, only which commands reach it.
      commands: {
        send: (caseId, _, { requestHash }) => {
          sent.push(caseId);
          return Promise.resolve({ requestHash, result: { caseId, stage: 'reached', step: 1, late: false } });
        },
      },
      temporalUiUrl: 'http://127.0.0.1:8233',
    },
    logger: false,
    cookieSecure: false,
    rateLimit: 1_000_000,
  });
});
afterAll(async () => {
  await app.close();
  await product.close();
});

async function ask<T>(who: Who, method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = { authorization: `Bearer ${tokens[who]}` };
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
  const names = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: answer.statusCode, headers: new Headers(names), body: answer.json<T>() };
}

interface List {
  items: CaseView[];
  counts: Record<string, number>;
}

describe.each(Object.entries(SEES) as [What, Who[]][])('a case: %s', (what, readers) => {
  it.each(EVERYONE)('is listed, counted and read by whom it concerns, and not found by others (%s)', async (who) => {
    const { caseId } = here[what];
    const { body } = await ask<List>(who, 'GET', `/api/v1/${NOUN[what]}?limit=200`);
    const sees = readers.includes(who);
    expect(body.items.some((item) => item.caseId === caseId)).toBe(sees);
    expect(Object.values(body.counts).reduce((sum, n) => sum + n, 0)).toBe(body.items.length);
    const answer = await ask<CaseView>(who, 'GET', casePath(NOUN[what], caseId));
    if (sees) expect([answer.status, answer.body.caseId]).toEqual([200, caseId]);
    else expectProblem(answer, 'resource.not-found');
  });

  it('of a county far away is seen by nobody here', async () => {
    for (const who of EVERYONE) {
      if (PEOPLE[who].regionCode === '430000') continue;
      expectProblem(await ask(who, 'GET', casePath(NOUN[what], far[what].caseId)), 'resource.not-found');
    }
  });

  it('is not found under another noun', async () => {
    for (const noun of new Set(Object.values(NOUN))) {
      if (noun === NOUN[what]) continue;
      expectProblem(await ask('administrator', 'GET', casePath(noun, here[what].caseId)), 'resource.not-found');
    }
  });
});

describe.each(MOVES)('%s: %s', (what, verb, body, movers) => {
  it.each(EVERYONE)('reaches the workflow only from whom the table entitles (%s)', async (who) => {
    sent.length = 0;
    const { caseId } = here[what];
    const answer = await ask(who, 'POST', casePath(NOUN[what], caseId, verb), body);
    if (movers.includes(who)) {
      expect([answer.status, sent]).toEqual([200, [caseId]]);
      return;
    }
    expectProblem(answer, SEES[what].includes(who) ? 'access.denied' : 'resource.not-found');
    expect(sent).toEqual([]);
  });

  it("another region's is not found, as if it did not exist", async () => {
    sent.length = 0;
    const { caseId } = far[what];
    const existing = await ask('officer', 'POST', casePath(NOUN[what], caseId, verb), body);
    const invented = await ask('officer', 'POST', casePath(NOUN[what], 'push~NONE~x~1', verb), body);
    const [first, second] = [existing, invented].map((answer) => {
      const { instance: _, ...rest } = expectProblem(answer, 'resource.not-found');
      return rest;
    });
    expect(first).toEqual(second);
    expect(sent).toEqual([]);
  });
});

it('what the list offers to the role is what reaches the workflow; what is for another of the department is barred', async () => {
  for (const [what, verb, , movers] of MOVES) {
    const action = Object.keys(TRANSITIONS[caseTypeOf(NOUN[what])!]).find((one) => verbOf(one) === verb);
    for (const who of SEES[what]) {
      const { body } = await ask<CaseView>(who, 'GET', casePath(NOUN[what], here[what].caseId));
      const isOffered = body.actions.some((offer) => offer.action === action && !offer.reason?.includes('只能由'));
      expect([what, verb, who, isOffered]).toEqual([what, verb, who, movers.includes(who)]);
    }
  }
});

it('the link into Temporal is for organs without a department', async () => {
  for (const who of SEES.push) {
    const { body } = await ask<{ temporalUrl?: string }>(who, 'GET', casePath('pushes', here.push.caseId));
    const organs = ['supervisor', 'provinceSupervisor', 'government', 'cityGovernment', 'administrator', 'auditor'];
    const isOrgan = [...organs, 'cityAuditor'].includes(who);
    expect([who, body.temporalUrl !== undefined]).toEqual([who, isOrgan]);
  }
});

describe('the audit log', () => {
  const readers: Who[] = [
    'supervisor',
    'nextSupervisor',
    'provinceSupervisor',
    'administrator',
    'auditor',
    'cityAuditor',
  ];
  it.each(EVERYONE)(
    'is read by auditors, supervisors and administrators, each of their region only (%s)',
    async (who) => {
      const answer = await ask<{ items: ListedAuditEntry[] }>(who, 'GET', '/api/v1/audit?limit=500');
      if (!readers.includes(who)) {
        expectProblem(answer, 'access.denied');
        return;
      }
      const seen = new Set(answer.body.items.map((entry) => entry.caseId));
      // Each entry is named by the matter's number, not by its id alone.
      for (const entry of answer.body.items) expect(entry).toMatchObject({ caseNo: expect.stringMatching(/./) });
      for (const entry of answer.body.items) expect(entry.enterpriseName).toMatch(/\p{Script=Han}/u);
      const { regionCode } = PEOPLE[who];
      expect(seen.has(here.push.caseId)).toBe(regionCode !== NEXT);
      expect(seen.has(far.push.caseId)).toBe(regionCode === '430000');
      expect(seen.has(`registration~${far.pool.caseNo}`)).toBe(regionCode === '430000');
    },
  );

  it('asked for one case of another region, answers nothing', async () => {
    const path = `/api/v1/audit?caseId=${encodeURIComponent(far.push.caseId)}`;
    expect((await ask('supervisor', 'GET', path)).body).toEqual({ items: [] });
  });

  it('cannot be changed by anyone, the API itself included', async () => {
    const { pool } = product.handle;
    await expect(pool.query("update audit_log set actor = 'nobody'")).rejects.toThrow('append-only');
    await expect(pool.query('delete from audit_log')).rejects.toThrow('append-only');
    for (const table of ['audit_log', 'reference_changes', 'rungs', 'commands']) {
      await expect(pool.query(`truncate ${table}`), table).rejects.toThrow('append-only');
    }
  });
});

describe('what belongs to some roles', () => {
  it.each(EVERYONE)(
    'registering is for registering authorities and administrators, within their region (%s)',
    async (who) => {
      const { role, regionCode } = PEOPLE[who];
      const answer = await ask(who, 'POST', REGISTRATIONS, registration({ regionCode: HERE }));
      const entitled = role === 'registering-authority' || role === 'platform-administrator';
      if (entitled && regionCode !== NEXT) expect(answer.status).toBe(201);
      else expectProblem(answer, 'access.denied');
    },
  );

  it.each(EVERYONE)('statistics are for organs (%s)', async (who) => {
    const answer = await ask(who, 'GET', '/api/v1/statistics/matching');
    if (PEOPLE[who].role.startsWith('department')) expectProblem(answer, 'access.denied');
    else expect(answer.status).toBe(200);
  });

  it('trying the catalogue is for whoever is signed in', async () => {
    for (const who of EVERYONE) {
      expect((await ask(who, 'POST', '/api/v1/catalogue/try', { scope: '农药零售' })).status).toBe(200);
    }
  });
});
