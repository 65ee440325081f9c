/** Live updates: which page hears of what, how often, and how a stream ends. */
import * as fc from 'fast-check';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CasesChanged } from '../../api/http/event-stream.ts';
import { visibleTo } from '../../db/queries/cases.ts';
import { listNotices } from '../../db/queries/inbox.ts';
import { cases, notices, sessions, users } from '../../db/schema.ts';
import { concerns } from '../../domain/worklist/changes.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { eventually, Product } from '../support/product.ts';
import { accept, expectProblem, newcomer, NOWHERE } from './support/requests.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const EVENTS = '/api/v1/events';
const HEARTBEAT = 300;

interface Told {
  event: string;
  data: Partial<CasesChanged>;
  at: number;
}

/** A page that listens. */
class Page {
  readonly told: Told[] = [];
  beats = 0;
  ended = false;
  private readonly gone = new AbortController();
  response!: Response;

  static async open(product: Product, headers: Record<string, string>): Promise<Page> {
    const page = new Page();
    page.response = await fetch(product.url + EVENTS, { headers, signal: page.gone.signal });
    if (page.response.status === 200) void page.read();
    return page;
  }

  close(): void {
    this.gone.abort();
  }

  types(): string[] {
    return this.told.flatMap(({ data }) => data.types ?? []);
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.take(block);
      }
    } catch {
      // The page was closed.
    }
    this.ended = true;
  }

  private take(block: string): void {
    if (block.startsWith(':')) this.beats += 1;
    const [, event, data] = /^event: (\w+)\ndata: (.+)$/.exec(block) ?? [];
    if (event && data) this.told.push({ event, data: JSON.parse(data) as Told['data'], at: Date.now() });
  }
}

let product: Product;
const pages: Page[] = [];

async function listenAs(username: string): Promise<Page> {
  return withBearer(await product.tokenOf(username));
}

async function withBearer(token: string): Promise<Page> {
  const page = await Page.open(product, { authorization: `Bearer ${token}` });
  pages.push(page);
  return page;
}

const expectSoon = (page: Page, holds: (page: Page) => boolean) => eventually(async () => page, holds, 10_000);
const seconds = (n: number) => new Promise((resolve) => setTimeout(resolve, n * 1000));

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE, app: { heartbeat: HEARTBEAT } });
  // When listening begins, every page is told to refresh. That is over once a page hears of the first case alone.
  const first = await listenAs('shengju');
  await accept(product);
  await expectSoon(first, (page) => page.types().includes('registrationPush'));
  await seconds(0.2);
});
afterAll(async () => {
  pages.forEach((page) => page.close());
  await product.close();
});

describe('a stream', () => {
  it('needs sign-in, which a cookie is', async () => {
    expectProblem(await product.get(null, EVENTS), 'auth.required');
    const cookie = `xietong_session=${await product.tokenOf('nongye')}`;
    const page = await Page.open(product, { cookie });
    pages.push(page);
    expect(page.response.status).toBe(200);
    expect(page.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(page.response.headers.get('cache-control')).toBe('no-store');
  });

  it('tells the department and the organs above of its new case, and no other department', async () => {
    const [nongye, weijian, dengji, shenji] = await Promise.all(
      ['nongye', 'weijian', 'dengji', 'shenji'].map(listenAs),
    );
    await accept(product, { scope: '许可项目：农药零售。' });
    for (const page of [nongye!, dengji!, shenji!]) await expectSoon(page, ({ told }) => told.length > 0);
    expect(nongye!.told).toMatchObject([{ event: 'cases', data: { types: ['registrationPush'] } }]);
    await seconds(0.3);
    expect(weijian!.told).toEqual([]);
  });

  it('tells every department of a region of its pool, also when an entry leaves it, and of no other region', async () => {
    const [weijian, ducha] = await Promise.all(['weijian', 'ducha'].map(listenAs));
    const { caseIds } = await accept(product, { scope: '许可项目：软件开发。' });
    await expectSoon(weijian!, (page) => page.types().includes('poolEntry'));
    weijian!.told.length = 0;
    await product.handle.db
      .update(cases)
      .set({ status: 'closed', stage: 'claimed', departmentCode: '430103-agriculture' })
      .where(eq(cases.caseId, caseIds[0]!));
    await expectSoon(weijian!, (page) => page.types().includes('poolEntry'));
    ducha!.told.length = 0;
    await seconds(1.2);
    await accept(product, { scope: '许可项目：软件开发。', regionCode: '430104' });
    await seconds(0.3);
    expect(ducha!.types()).toEqual([]);
  });

  it('tells a department of a case that it loses', async () => {
    const { caseIds } = await accept(product, { scope: '许可项目：农药零售。' });
    const [nongye, shichang] = await Promise.all(['nongye', 'shichang'].map(listenAs));
    await product.handle.db
      .update(cases)
      .set({ departmentCode: '430103-market-regulation' })
      .where(eq(cases.caseId, caseIds[0]!));
    for (const page of [nongye!, shichang!]) await expectSoon(page, ({ told }) => told.length > 0);
  });

  it('tells of a new notice whom it is addressed to', async () => {
    const [nongye, ducha, weijian] = await Promise.all(['nongye', 'ducha', 'weijian'].map(listenAs));
    await product.handle.db.insert(notices).values([notice({ departmentCode: '430103-agriculture' })]);
    await product.handle.db.insert(notices).values([notice({ role: 'supervisor' })]);
    for (const page of [nongye!, ducha!]) await expectSoon(page, ({ told }) => told.length > 0);
    expect(nongye!.told).toMatchObject([{ event: 'notices', data: {} }]);
    expect(ducha!.told).toMatchObject([{ event: 'notices', data: {} }]);
    expect(weijian!.told).toEqual([]);
  });

  it('says at most once a second what a hundred commits did, the first at once, the last not lost', async () => {
    const page = await listenAs('nongye');
    const { caseIds } = await accept(product, { scope: '许可项目：农药零售。' });
    await expectSoon(page, ({ told }) => told.length === 1);
    const begun = Date.now();
    for (let i = 0; i < 100; i += 1) {
      await product.handle.db.update(cases).set({ step: i }).where(eq(cases.caseId, caseIds[0]!));
    }
    const took = (Date.now() - begun) / 1000;
    await product.handle.db.update(cases).set({ caseType: 'correction' }).where(eq(cases.caseId, caseIds[0]!));
    await expectSoon(page, (seen) => seen.types().includes('correction'));
    await product.handle.db.update(cases).set({ caseType: 'registrationPush' }).where(eq(cases.caseId, caseIds[0]!));
    // The notice of the push is told beside the cases of one of them.
    const told = page.told.filter(({ event }) => event === 'cases');
    expect(told.length).toBeLessThanOrEqual(3 + took);
    const gaps = told.slice(1).map(({ at }, i) => at - told[i]!.at);
    for (const gap of gaps) expect(gap).toBeGreaterThan(900);
  });

  it('tells everything anew when listening was interrupted, and goes on', async () => {
    const page = await listenAs('nongye');
    await product.handle.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'LISTEN %' and datname = current_database()`,
    );
    await expectSoon(page, ({ told }) => told.some(({ event }) => event === 'notices'));
    expect(new Set(page.types())).toEqual(new Set(Object.keys(CASE_TYPES)));
    page.told.length = 0;
    await accept(product, { scope: '许可项目：农药零售。' });
    await expectSoon(page, (seen) => seen.types().includes('registrationPush'));
  });

  it('is kept alive', async () => {
    const page = await listenAs('nongye');
    await expectSoon(page, ({ beats }) => beats >= 3);
    expect(page.ended).toBe(false);
  });
});

describe('a stream ends', () => {
  it('when its account signs out', async () => {
    const token = await newcomer(product, 'leaving', { role: 'auditor', regionCode: '430000' });
    const page = await withBearer(token);
    await expectSoon(page, ({ beats }) => beats > 0);
    expect((await product.request(null, 'DELETE', '/api/v1/session', undefined, bearer(token))).status).toBe(204);
    await expectSoon(page, ({ ended }) => ended);
  });

  it('when its session expires', async () => {
    const token = await newcomer(product, 'sleeping', { role: 'auditor', regionCode: '430000' });
    const page = await withBearer(token);
    const past = new Date(Date.now() - 1000);
    await product.handle.db.update(sessions).set({ expiresAt: past }).where(eq(sessions.username, 'sleeping'));
    await expectSoon(page, ({ ended }) => ended);
  });

  it('when its account is disabled; one that moves hears by its new place', async () => {
    const token = await newcomer(product, 'moving', {
      role: 'department-officer',
      regionCode: '430103',
      departmentCode: '430103-health',
    });
    const page = await withBearer(token);
    const set = (values: Partial<typeof users.$inferInsert>) =>
      product.handle.db.update(users).set(values).where(eq(users.username, 'moving'));
    await set({ departmentCode: '430103-agriculture' });
    await expectSoon(page, ({ beats }) => beats >= 2);
    await accept(product, { scope: '许可项目：农药零售。' });
    await expectSoon(page, (seen) => seen.types().includes('registrationPush'));
    await set({ disabledAt: new Date() });
    await expectSoon(page, ({ ended }) => ended);
  });

  it('never at the twenty-first, which is refused until one of the others is closed', async () => {
    const token = await newcomer(product, 'collector', { role: 'auditor', regionCode: '430000' });
    const open = await Promise.all(Array.from({ length: 20 }, () => withBearer(token)));
    const refused = await product.request(null, 'GET', EVENTS, undefined, bearer(token));
    expectProblem(refused, 'rate.limited');
    expect(open.filter(({ response, ended }) => response.status === 200 && !ended)).toHaveLength(20);
    open[0]!.close();
    await eventually(
      () => withBearer(token),
      ({ response }) => response.status === 200,
    );
  });

  it('not by HEAD, which opens none', async () => {
    const answer = await fetch(product.url + EVENTS, {
      method: 'HEAD',
      headers: bearer(await product.tokenOf('nongye')),
    });
    expect(answer.status).toBe(404);
  });
});

it('whoever may see a case or notice hears of its change', async () => {
  const regions = ['430000', '430100', '430103', '430104'];
  const department = fc.constantFrom(null, '430103-agriculture', '430104-health');
  const actors = fc.record({
    username: fc.constant('somebody'),
    role: fc.constantFrom(...(Object.keys(ROLES) as Role[])),
    regionCode: fc.constantFrom(...regions),
    departmentCode: department,
  });
  const [shown] = await product.handle.db.select({ caseId: cases.caseId }).from(cases).limit(1);
  const { caseId } = shown!;
  const place = { departmentCode: department, regionCode: fc.constantFrom(...regions) };
  await fc.assert(
    fc.asyncProperty(
      actors,
      fc.record({
        caseType: fc.constantFrom('registrationPush' as const, 'poolEntry' as const, 'supervision' as const),
        ...place,
      }),
      fc.record({ role: fc.constantFrom(null, 'supervisor', 'auditor'), ...place }),
      async (actor: Actor, change, written) => {
        await product.handle.db
          .transaction(async (tx) => {
            await tx.update(cases).set(change).where(eq(cases.caseId, caseId));
            const [seen] = await tx
              .select({ one: sql`1` })
              .from(cases)
              .where(sql`${cases.caseId} = ${caseId} and ${visibleTo(actor)}`);
            if (seen) expect(concerns({ of: 'cases', ...change }, actor)).toBe(true);
            const key = `property-${Math.random()}`;
            await tx.insert(notices).values(notice({ ...written, key }));
            const found = await listNotices(tx, actor, { limit: 1 });
            const isMine = found[0]?.notice.key === key;
            expect(concerns({ of: 'notices', ...written }, actor)).toBe(isMine);
            tx.rollback();
          })
          .catch((error: unknown) => {
            if (!(error instanceof Error && error.message === 'Rollback')) throw error;
          });
      },
    ),
    { numRuns: 60 },
  );
});

it('the server stops while pages listen, at once', async () => {
  const other = await Product.start({ worker: false, temporalAddress: NOWHERE });
  const page = await Page.open(other, bearer(await other.tokenOf('nongye')));
  const begun = Date.now();
  await other.close();
  expect(Date.now() - begun).toBeLessThan(3000);
  await expectSoon(page, ({ ended }) => ended);
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let serial = 0;
function notice(more: Partial<typeof notices.$inferInsert>) {
  serial += 1;
  const words = { title: '通知', body: '内容', article: '第十七条', topic: 'x', urgency: 'info' as const };
  return { key: `events-${serial}`, caseId: 'none', regionCode: '430103', at: new Date(), ...words, ...more };
}
