import { withCheckDigit } from '../../../domain/uscc.ts';
import type { Story } from './story.ts';

interface Accepted {
  caseIds: string[];
}

let enterprises = 0;

/** An invented enterprise with a valid credit code. */
export function inventEnterprise(): { uscc: string; name: string } {
  enterprises += 1;
  const number = (Date.now() % 900_000) + 100_000 + enterprises;
  return {
    uscc: withCheckDigit(`91430103MA4${String(number).slice(0, 6)}`),
    name: `长沙演示${enterprises}号商贸有限公司`,
  };
}

/** 登记: the registering authority hands over a registration. @returns its cases. */
export async function register(story: Story, scope: string) {
  const enterprise = inventEnterprise();
  const registrationNo = `演示-${story.serial}-${enterprises}`;
  const input = { ...enterprise, registrationNo, regionCode: '430103', scope };
  const { caseIds } = await story.post<Accepted>('dengji', '/api/v1/registrations', input);
  story.tell(await story.nameOf('dengji'), `登记“${enterprise.name}”（${enterprise.uscc}），经营范围：${scope}`);
  return { ...enterprise, registrationNo, caseIds };
}
