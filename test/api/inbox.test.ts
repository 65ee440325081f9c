/** 站内信: each reads what is addressed to their department, or to their role in their region. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeReads, notices } from '../../db/schema.ts';
import { Product } from '../support/product.ts';
import { expectProblem, NOWHERE } from './support/requests.ts';
import type { Role } from '../../domain/organs/roles.ts';

interface Notice {
  id: number;
  caseId: string;
  title: string;
  readAt: string | null;
}

const AGRICULTURE = { departmentCode: '430103-agriculture', regionCode: '430103' };
const HEALTH = { departmentCode: '430103-health', regionCode: '430103' };
const SUPERVISOR = { role: 'supervisor', regionCode: '430103' } as const;
const OTHER_SUPERVISOR = { role: 'supervisor', regionCode: '430104' } as const;
const AUTHORITY = { role: 'registering-authority', regionCode: '430103' } as const;

let product: Product;
let serial = 0;

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

async function tell(addressee: { departmentCode?: string; role?: Role; regionCode: string }): Promise<number> {
  serial += 1;
  const [row] = await product.handle.db
    .insert(notices)
    .values({
      ...addressee,
      key: `test-${serial}`,
      caseId: `push~INBOX-${serial}~430103-agriculture~1`,
      topic: 'test',
      urgency: 'reminder',
      title: `提醒${serial}`,
      body: '请办理',
      article: '第七条第三款',
      at: new Date(),
    })
    .returning({ id: notices.id });
  return row!.id;
}

const list = async (as: string, query = '') =>
  (await product.get<{ items: Notice[] }>(as, `/api/v1/inbox${query}`)).body.items;
const idsOf = async (as: string, query = '') => (await list(as, query)).map(({ id }) => id);
const read = (as: string, ids: number[]) => product.post<{ read: number }>(as, '/api/v1/inbox/read', { ids });

describe('whose notice', () => {
  it("another department's, role's or region's is not seen", async () => {
    const made = {
      agriculture: await tell(AGRICULTURE),
      health: await tell(HEALTH),
      supervisor: await tell(SUPERVISOR),
      elsewhere: await tell(OTHER_SUPERVISOR),
      authority: await tell(AUTHORITY),
    };
    const all = Object.values(made);
    const seen = async (as: string) => (await idsOf(as)).filter((id) => all.includes(id)).sort((a, b) => a - b);
    expect(await seen('nongye')).toEqual([made.agriculture]);
    expect(await seen('weijian')).toEqual([made.health]);
    expect(await seen('shichang')).toEqual([]);
    expect(await seen('ducha')).toEqual([made.supervisor]);
    expect(await seen('dengji')).toEqual([made.authority]);
    // The province's authority sees its counties'.
    expect(await seen('shengju')).toEqual([made.authority]);
    // Roles without a department receive no notices that are addressed to a department.
    expect(await seen('shenji')).toEqual([]);
    expect(await seen('admin')).toEqual([]);
  });

  it('asked for by its case, it is still not seen by others', async () => {
    await tell(HEALTH);
    const query = `?caseId=${encodeURIComponent(`push~INBOX-${serial}~430103-agriculture~1`)}`;
    expect(await idsOf('weijian', query)).toHaveLength(1);
    expect(await idsOf('nongye', query)).toEqual([]);
  });

  it('nobody signed in sees any', async () => {
    expectProblem(await product.get(null, '/api/v1/inbox'), 'auth.required');
    expectProblem(await product.post(null, '/api/v1/inbox/read', { ids: [1] }), 'auth.required');
  });
});

describe('reading', () => {
  it('marks only what is one’s own, and tells how many that were', async () => {
    const [mine, theirs] = [await tell(AGRICULTURE), await tell(HEALTH)];
    expect((await read('nongye', [mine, theirs, 999_999])).body).toEqual({ read: 1 });
    expect((await list('weijian')).find(({ id }) => id === theirs)!.readAt).toBeNull();
    const marked = await product.handle.db.select().from(noticeReads);
    expect(marked.map(({ noticeId }) => noticeId)).not.toContain(theirs);
  });

  it('again changes nothing: the first time of reading stays', async () => {
    const id = await tell(AGRICULTURE);
    await read('nongye', [id]);
    const [first] = await list('nongye');
    expect((await read('nongye', [id, id])).body).toEqual({ read: 0 });
    expect((await list('nongye'))[0]).toEqual(first);
    expect(first!.readAt).not.toBeNull();
  });

  it('is each person’s own: a colleague’s copy stays unread', async () => {
    const id = await tell({ departmentCode: '430103-market-regulation', regionCode: '430103' });
    await read('shichang', [id]);
    expect(await idsOf('shichang', '?unread=true')).not.toContain(id);
    expect(await idsOf('shichang-lead', '?unread=true')).toContain(id);
  });

  it('leaves a notice in the whole list and takes it out of the unread', async () => {
    const [first, second] = [await tell(AGRICULTURE), await tell(AGRICULTURE)];
    await read('nongye', [first]);
    expect(await idsOf('nongye')).toEqual(expect.arrayContaining([first, second]));
    const unread = await idsOf('nongye', '?unread=true');
    expect(unread).toContain(second);
    expect(unread).not.toContain(first);
  });

  it('fifty times at once marks once', async () => {
    const id = await tell(AGRICULTURE);
    const answers = await Promise.all(Array.from({ length: 50 }, () => read('nongye', [id])));
    expect(answers.reduce((sum, { body }) => sum + body.read, 0)).toBe(1);
  });
});

it('pages go back in time without gap or repetition', async () => {
  for (let i = 0; i < 7; i += 1) await tell(HEALTH);
  const all = await idsOf('weijian');
  const paged: number[] = [];
  let before = '';
  for (;;) {
    const page = await idsOf('weijian', `?limit=3${before}`);
    if (page.length === 0) break;
    paged.push(...page);
    before = `&before=${page.at(-1)}`;
  }
  expect(paged).toEqual(all);
  expect(all).toEqual(all.toSorted((a, b) => b - a));
});
