/** The product through HTTP: a registration whose push is opened, claimed, fed back and so closed (第七条). */
import { withCheckDigit } from '../../domain/uscc.ts';
import { Office } from '../lib/office.ts';
import type { Contestant } from './contestant.ts';

const COUNTY = '430103';
/** Hands registrations of the county in. */
export const AUTHORITY = 'dengji';
/** Hands files of the whole province in. */
export const PROVINCE = 'shengju';
/** Holds the pushes of the scope below. */
export const HOLDER = 'nongye';

/** A registration that is pushed to one department. @param n up to 999,999, once in a database. */
export const plainRegistration = (n: number) => ({
  registrationNo: `测量-${n}`,
  uscc: withCheckDigit(`91${COUNTY}MA4${String(n).padStart(6, '0')}`),
  name: `测量第${n}号商贸有限公司`,
  regionCode: COUNTY,
  scope: '许可项目：农药零售。',
  event: 'establish',
});

/** Hands a registration in. @returns its one case. */
export async function openedPush(office: Office, n: number): Promise<string> {
  const { body } = await office.done(AUTHORITY, '/api/v1/registrations', plainRegistration(n));
  const [caseId, ...others] = body['caseIds'] as string[];
  if (!caseId || others.length > 0) throw new Error(`应当恰有一个事项：${JSON.stringify(body)}`);
  return caseId;
}

export const pathOf = (caseId: string, verb: string): string => `/api/v1/pushes/${encodeURIComponent(caseId)}/${verb}`;

export class Product implements Contestant {
  readonly name = '协同';
  readonly office: Office;
  /** The cases that were closed, in order. */
  readonly closed: string[] = [];

  private constructor(office: Office) {
    this.office = office;
  }

  static async open(api: string): Promise<Product> {
    return new Product(await new Office(api).open(AUTHORITY, HOLDER));
  }

  lifecycle = async (n: number): Promise<void> => {
    const caseId = await openedPush(this.office, n);
    await this.office.done(HOLDER, pathOf(caseId, 'claim'), {});
    await this.office.done(HOLDER, pathOf(caseId, 'feedback'), { outcome: 'not-applied' });
    this.closed.push(caseId);
  };

  async close(): Promise<void> {
    this.office.close();
  }
}
