/** Lifecycles: something is handed in, and people take what the table allows until the case is closed or the dice say enough. */
import type { CaseDetail } from '../../../api/cases/detail.ts';
import { parseCaseId, type CaseType } from '../../../domain/case/id.ts';
import { addDays, legalDateOf } from '../../../domain/clock/calendar.ts';
import type { Clock } from '../../../domain/clock/clock.ts';
import { NOUNS, verbOf } from '../../../domain/case-types/case-types.ts';
import { withCheckDigit } from '../../../domain/uscc.ts';
import { bodyOf, contentOf } from './bodies.ts';
import type { Dice } from './dice.ts';
import type { People } from './people.ts';

const COUNTY = '430103';
const SCOPES = ['许可项目：农药零售。', '许可项目：食品销售。', '许可项目：兽药经营。', '许可项目：软件开发。'];
const STEPS = { least: 1, most: 8 };
/** Looks at a case before giving up on it, where nobody may do anything yet. */
const WAITS = 3;

const ACCOUNTS: Record<string, string[]> = {
  '430103-agriculture': ['nongye', 'nongye-lead', 'nongye-deputy'],
  '430103-market-regulation': ['shichang', 'shichang-lead'],
  '430103-health': ['weijian'],
};
/** Who acts on cases besides the holder. The rest of the accounts may look, and are refused. */
const ORGANS: Partial<Record<CaseType, string[]>> = {
  rollback: ['dengji', 'dengji', 'shengju'],
  poolEntry: ['nongye', 'shichang', 'weijian', 'dengji'],
  publication: ['dengji', 'dengji', 'nongye'],
  correction: ['admin', 'dengji'],
  listing: ['dengji', 'dengji-lead'],
  supervision: ['ducha', 'ducha', 'zhengfu'],
};
/** Sees every case. */
const OVERSEER = 'admin';

interface Setting {
  people: People;
  clock: Clock;
  /** Distinguishes runs, so that numbers are new. */
  run: string;
}

interface Begun {
  caseId: string;
  caseType: CaseType;
}

function caseTypeOf(caseId: string): CaseType {
  const parsed = parseCaseId(caseId);
  if (!parsed) throw new Error(`not an id of this system: ${caseId}`);
  return parsed.type;
}

export class Lifecycle {
  private readonly setting: Setting;
  private readonly dice: Dice;
  private readonly n: number;
  private readonly uscc: string;

  constructor(setting: Setting, n: number, dice: Dice) {
    this.setting = setting;
    this.n = n;
    this.dice = dice;
    this.uscc = withCheckDigit(`91430103MA4${String(n).padStart(6, '0')}`);
  }

  async live(): Promise<void> {
    const { dice } = this;
    // A listing is rare, because it opens a case for each of a region's departments.
    const begin = dice.happens(0.03) ? 'listing' : dice.pick(['registration', 'registration', 'record'] as const);
    const cases = await this[begin]();
    for (const one of cases) await this.walk(one, dice.whole(STEPS.least, STEPS.most));
    if (begin === 'record') await look(this.setting.people, this.dice, this.uscc);
    if (begin === 'registration' && dice.happens(0.05)) await this.register('cancel');
  }

  private get name(): string {
    return `混沌${this.setting.run}第${this.n}号商贸有限公司`;
  }

  private async registration(): Promise<Begun[]> {
    return this.register('establish');
  }

  private async register(event: 'establish' | 'cancel'): Promise<Begun[]> {
    const registrationNo = `混沌-${this.setting.run}-${this.n}-${event}`;
    const scope = event === 'cancel' ? '' : this.dice.pick(SCOPES);
    const body = { registrationNo, uscc: this.uscc, name: this.name, regionCode: COUNTY, scope, event };
    const answer = await this.setting.people.ask(this.dice, {
      as: 'dengji',
      method: 'POST',
      path: '/api/v1/registrations',
      body,
    });
    const { caseIds = [] } = (answer?.body ?? {}) as { caseIds?: string[] };
    return this.accepted(event === 'cancel' ? [] : caseIds);
  }

  private async record(): Promise<Begun[]> {
    const { people, clock, run } = this.setting;
    const body = {
      kind: 'permit',
      name: this.name,
      uscc: this.uscc,
      documentNo: `湘混许〔${run}〕${this.n}号`,
      generatedOn: addDays(legalDateOf(clock.toLegal(Date.now())), -1),
      content: contentOf(0),
      authority: '天心区农业农村主管部门',
    };
    const answer = await people.ask(this.dice, { as: 'nongye', method: 'POST', path: '/api/v1/publications', body });
    const { caseId, recordId } = (answer?.body ?? {}) as { caseId?: string; recordId?: string };
    const begun = this.accepted(caseId ? [caseId] : []);
    if (!recordId || !this.dice.happens(0.4)) return begun;
    await this.walk(begun[0]!, 4);
    return [...begun, ...(await this.report(recordId))];
  }

  /** 更正: somebody reports that what is shown is wrong. */
  private async report(recordId: string): Promise<Begun[]> {
    const form = new FormData();
    form.append('file', new Blob(['%PDF-1.7\n%%EOF\n']), '证明材料.pdf');
    const upload = { as: null, method: 'POST', path: '/api/v1/public/attachments', body: form } as const;
    const { people } = this.setting;
    const stored = (await people.ask(this.dice, upload))?.body as { id?: string; claimToken?: string } | undefined;
    const attachments = stored?.id ? [{ id: stored.id, claimToken: stored.claimToken }] : [];
    const body = { recordId, content: '许可内容不符', reporterName: '李某', contact: '13800000000', attachments };
    const key = `report-${this.setting.run}-${this.n}`;
    const request = { as: null, method: 'POST', path: '/api/v1/public/corrections', body, key } as const;
    const { receiptNo } = ((await people.ask(this.dice, request))?.body ?? {}) as { receiptNo?: string };
    return receiptNo ? this.accepted([`correction~${recordId}~${receiptNo}`]) : [];
  }

  private async listing(): Promise<Begun[]> {
    const body = {
      uscc: this.uscc,
      name: this.name,
      list: 'serious-dishonest',
      documentNo: `湘混列〔${this.setting.run}〕${this.n}号`,
      regionCode: COUNTY,
      authority: '天心区市场监督管理局',
      ground: 'consumer-rights',
      grounds: '侵害消费者权益，受到较重行政处罚',
      listedOn: '2026-11-02',
    };
    const { people } = this.setting;
    const answer = await people.ask(this.dice, { as: 'dengji', method: 'POST', path: '/api/v1/listings', body });
    const { caseId } = (answer?.body ?? {}) as { caseId?: string };
    const found = [];
    for (const [as, noun] of [
      ['nongye', 'sanction-notices'],
      ['weijian', 'sanction-notices'],
    ] as const) {
      const list = await people.ask(this.dice, { as, method: 'GET', path: `/api/v1/${noun}?q=${this.uscc}` });
      found.push(...(((list?.body ?? {}) as { items?: Begun[] }).items ?? []).map((one) => one.caseId));
    }
    return this.accepted([...found, ...(caseId ? [caseId] : [])]);
  }

  private accepted(caseIds: readonly string[]): Begun[] {
    return caseIds.map((caseId) => {
      this.setting.people.journal.accepted.add(caseId);
      return { caseId, caseType: caseTypeOf(caseId) };
    });
  }

  /** Up to so many steps of a case, and of what follows from it. */
  private async walk({ caseId, caseType }: Begun, steps: number): Promise<void> {
    let waits = 0;
    for (let left = steps; left > 0;) {
      const taken = await this.step(caseId, caseType);
      if (taken === 'closed') return;
      if (taken === 'nothing') {
        waits += 1;
        if (waits > WAITS) return;
        await new Promise((resolve) => setTimeout(resolve, 300));
        continue;
      }
      left -= 1;
      if (taken.next) await this.walk({ caseId: taken.next, caseType: caseTypeOf(taken.next) }, left);
      if (this.dice.happens(0.15)) await look(this.setting.people, this.dice, this.uscc);
    }
  }

  private async step(caseId: string, caseType: CaseType): Promise<'closed' | 'nothing' | { next: string | undefined }> {
    const { people } = this.setting;
    const noun = NOUNS[caseType];
    const path = `/api/v1/${noun}/${encodeURIComponent(caseId)}`;
    const open = async (as: string) => {
      const seen = await people.ask(this.dice, { as, method: 'GET', path });
      return seen?.status === 200 ? (seen.body as unknown as CaseDetail) : undefined;
    };
    const standing = await open(OVERSEER);
    if (standing?.status === 'closed') return 'closed';
    const holders = ACCOUNTS[standing?.departmentCode ?? ''] ?? [];
    for (const as of this.dice.shuffled([...holders, ...(ORGANS[caseType] ?? [])])) {
      const detail = await open(as);
      if (!detail) continue;
      const allowed = detail.actions.filter((one) => one.allowed && bodyOf(one.action, detail, this.dice));
      if (allowed.length === 0) continue;
      const { action } = this.dice.pick(allowed);
      const body = bodyOf(action, detail, this.dice)!;
      const { seenVersion } = body as { seenVersion?: number };
      const request = { as, method: 'POST', path: `${path}/${verbOf(action)}`, body } as const;
      const answer = await people.command(this.dice, request, { caseId, action, seenVersion });
      return answer?.status === 200 ? { next: answer.nextCaseId } : 'nothing';
    }
    return 'nothing';
  }
}

/** Looks once at the public page of an enterprise, and notes what it shows. */
export async function look(people: People, dice: Dice, uscc: string): Promise<void> {
  const from = Date.now();
  const seen = await people.once(dice, { as: null, method: 'GET', path: `/api/v1/public/enterprises/${uscc}` });
  const to = Date.now();
  if (seen?.status !== 200) return;
  const { sections } = seen.body as unknown as {
    sections: { records: { recordId: string; version: number; fields: { field: string; value: unknown }[] }[] }[];
  };
  const shown = sections
    .flatMap(({ records }) => records)
    .map(({ recordId, version, fields }) => {
      const content = fields.find(({ field }) => field === 'content')?.value;
      return { recordId, version, content };
    });
  people.journal.looks.push({ uscc, from, to, shown });
}
