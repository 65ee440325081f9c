/** How a lifecycle begins: what is handed in, reported, listed or ordered, and the cases that this opens. */
import { addDays, legalDateOf, type LegalDate } from '../../../domain/clock/calendar.ts';
import type { Clock } from '../../../domain/clock/clock.ts';
import { withCheckDigit } from '../../../domain/uscc.ts';
import { contentOf } from './bodies.ts';
import type { Dice } from './dice.ts';
import type { People } from './people.ts';

const COUNTY = '430103';
const SCOPES = ['许可项目：农药零售。', '许可项目：食品销售。', '许可项目：兽药经营。', '许可项目：软件开发。'];
const TEXT = '混沌测试：材料与情况已经核对';

/** Whose lead asks that a second person reviews what the department hands in (第十九条). */
const REVIEWED = { lead: 'shichang-lead', submitter: 'shichang', authority: '天心区市场监管主管部门' };
const UNREVIEWED = { submitter: 'nongye', authority: '天心区农业农村主管部门' };
/** Departments with a lead, who must accept a supervision. */
const SUPERVISED = ['430103-agriculture', '430103-market-regulation'];
/** Departments with accounts, which are told of a listing. */
const NOTICED = ['nongye', 'shichang', 'weijian'];
const CLAIMERS = ['nongye', 'shichang', 'weijian'];

export interface Setting {
  people: People;
  clock: Clock;
  /** Distinguishes runs, so that numbers are new. */
  run: string;
}

const BEGINNINGS = ['registration', 'record', 'listing', 'supervision'] as const;
type Beginning = (typeof BEGINNINGS)[number];

/** A department has its submissions reviewed by a second person, from now on. */
export async function requireReview(people: People, dice: Dice): Promise<void> {
  const body = { internalReview: true, reason: TEXT };
  const path = '/api/v1/department-settings';
  await people.ask(dice, { as: REVIEWED.lead, method: 'PUT', path, body });
}

export class Beginnings {
  readonly uscc: string;
  private readonly setting: Setting;
  private readonly dice: Dice;
  private readonly n: number;
  /** Who handed the record in. */
  private submitter = UNREVIEWED.submitter;

  constructor(setting: Setting, n: number, dice: Dice) {
    this.setting = setting;
    this.n = n;
    this.dice = dice;
    this.uscc = withCheckDigit(`91430103MA4${String(n).padStart(6, '0')}`);
  }

  get today(): LegalDate {
    return legalDateOf(this.setting.clock.toLegal(Date.now()));
  }

  /** Which way a lifecycle begins. A listing is rare, because it opens a case for each of a region's departments. */
  chosen(): Beginning {
    const thrown = this.dice.next();
    if (thrown < 0.04) return 'listing';
    if (thrown < 0.14) return 'supervision';
    return thrown < 0.6 ? 'registration' : 'record';
  }

  private get name(): string {
    return `混沌${this.setting.run}第${this.n}号商贸有限公司`;
  }

  /** @returns the ids of the cases, which must all be there afterwards. */
  private accepted(caseIds: readonly (string | undefined)[]): string[] {
    const opened = caseIds.filter((caseId) => caseId !== undefined);
    for (const caseId of opened) this.setting.people.journal.accepted.add(caseId);
    return opened;
  }

  private async submit<T extends object>(as: string | null, path: string, body: unknown, key?: string) {
    const request = { as, method: 'POST', path, body, ...(key !== undefined && { key }) } as const;
    return ((await this.setting.people.ask(this.dice, request))?.body ?? {}) as Partial<T>;
  }

  registration(): Promise<string[]> {
    return this.register('establish');
  }

  async register(event: 'establish' | 'cancel'): Promise<string[]> {
    const registrationNo = `混沌-${this.setting.run}-${this.n}-${event}`;
    const scope = event === 'cancel' ? '' : this.dice.pick(SCOPES);
    const body = { registrationNo, uscc: this.uscc, name: this.name, regionCode: COUNTY, scope, event };
    const answer = await this.submit<{ caseIds: string[]; published: boolean }>(
      'dengji',
      '/api/v1/registrations',
      body,
    );
    const opened = this.accepted(event === 'cancel' ? [] : (answer.caseIds ?? []));
    return event === 'establish' && answer.published ? [...opened, ...(await this.claimed(registrationNo))] : opened;
  }

  /** Two departments claim a published registration: one gets it. */
  private async claimed(registrationNo: string): Promise<string[]> {
    const { people, run } = this.setting;
    const path = `/api/v1/published-registrations/${encodeURIComponent(registrationNo)}/claim`;
    const what = '/api/v1/published-registrations/claim';
    const claimers = this.dice.shuffled(CLAIMERS).slice(0, 2);
    const answers = await Promise.all(
      claimers.map((as) => {
        const key = `claim-${run}-${this.n}-${as}`;
        return people.ask(this.dice, { as, method: 'POST', path, what, body: {}, key });
      }),
    );
    return this.accepted(answers.map((answer) => (answer?.status === 200 ? String(answer.body['caseId']) : undefined)));
  }

  /** A department hands a record in; some are found to be wrong once they are shown. */
  async record(): Promise<{ caseId: string | undefined; recordId: string | undefined }> {
    const { submitter, authority } = this.dice.pick([REVIEWED, UNREVIEWED, UNREVIEWED]);
    this.submitter = submitter;
    const body = {
      kind: 'permit',
      name: this.name,
      uscc: this.uscc,
      documentNo: `湘混许〔${this.setting.run}〕${this.n}号`,
      generatedOn: addDays(this.today, -1),
      content: contentOf(0),
      authority,
    };
    const answer = await this.submit<{ caseId: string; recordId: string }>(submitter, '/api/v1/publications', body);
    return { caseId: this.accepted([answer.caseId])[0], recordId: answer.recordId };
  }

  /** 更正: somebody reports that what is shown is wrong, at times two at once, or the department finds it out. */
  async corrections(recordId: string): Promise<string[]> {
    if (this.dice.happens(0.3)) return this.ownCorrection(recordId);
    const reports = this.dice.happens(0.3) ? 2 : 1;
    const opened = await Promise.all(Array.from({ length: reports }, (_, nth) => this.report(recordId, nth)));
    return this.accepted(opened);
  }

  private async ownCorrection(recordId: string): Promise<string[]> {
    const body = { recordId, discoveredOn: this.today, problem: TEXT };
    const { caseId } = await this.submit<{ caseId: string }>(this.submitter, '/api/v1/corrections', body);
    return this.accepted([caseId]);
  }

  private async report(recordId: string, nth: number): Promise<string | undefined> {
    const stored = await this.upload(null, '/api/v1/public/attachments');
    const attachments = stored.id === undefined ? [] : [{ id: stored.id, claimToken: stored.claimToken }];
    const body = { recordId, content: '许可内容不符', reporterName: '李某', contact: '13800000000', attachments };
    const key = `report-${this.setting.run}-${this.n}-${nth}`;
    const { receiptNo } = await this.submit<{ receiptNo: string }>(null, '/api/v1/public/corrections', body, key);
    return receiptNo && `correction~${recordId}~${receiptNo}`;
  }

  /** @returns the document's id, with which it is handed in. */
  upload(as: string | null, path = '/api/v1/attachments') {
    const form = new FormData();
    form.append('file', new Blob(['%PDF-1.7\n%%EOF\n']), '证明材料.pdf');
    return this.submit<{ id: string; claimToken: string }>(as, path, form);
  }

  async listing(): Promise<string[]> {
    const body = {
      uscc: this.uscc,
      name: this.name,
      list: 'serious-dishonest',
      documentNo: `湘混列〔${this.setting.run}〕${this.n}号`,
      regionCode: COUNTY,
      authority: '天心区市场监督管理局',
      ground: 'consumer-rights',
      grounds: '侵害消费者权益，受到较重行政处罚',
      listedOn: addDays(this.today, -1),
    };
    const { caseId } = await this.submit<{ caseId: string }>('dengji', '/api/v1/listings', body);
    const found = await Promise.all(NOTICED.map((as) => this.found(as, `sanction-notices?q=${this.uscc}`)));
    return this.accepted([...found.flat(), caseId]);
  }

  /** What the departments must lift, once the enterprise is off the list. */
  async liftings(): Promise<string[]> {
    const found = await Promise.all(NOTICED.map((as) => this.found(as, `sanction-liftings?q=${this.uscc}`)));
    return this.accepted(found.flat());
  }

  /** A supervision that a neglected limit has opened, or one that the supervisor orders. */
  async supervision(): Promise<string[]> {
    const neglected = await this.found('ducha', 'supervisions?status=open&limit=50');
    if (neglected.length > 0 && this.dice.happens(0.8)) return [this.dice.pick(neglected)];
    // An order is about an enterprise that is known.
    await this.registration();
    const number = `混督〔2026〕${this.setting.run}-${this.n}号`;
    const body = { number, departmentCode: this.dice.pick(SUPERVISED), uscc: this.uscc, matter: TEXT };
    return this.accepted([(await this.submit<{ caseId: string }>('ducha', '/api/v1/supervisions', body)).caseId]);
  }

  private async found(as: string, query: string): Promise<string[]> {
    const path = `/api/v1/${query}`;
    const list = await this.setting.people.ask(this.dice, { as, method: 'GET', path });
    return ((list?.body ?? {}) as { items?: { caseId: string }[] }).items?.map(({ caseId }) => caseId) ?? [];
  }
}
