import { withCheckDigit } from '../../../domain/uscc.ts';
import { REGISTRATION_EVENTS, type RegistrationEvent } from '../../../domain/registration/words.ts';
import type { Story } from './story.ts';

interface Accepted {
  caseIds: string[];
}

interface Enterprise {
  uscc: string;
  name: string;
}

let enterprises = 0;
let numbers = 0;

/** An invented enterprise with a valid credit code. */
export function inventEnterprise(): Enterprise {
  enterprises += 1;
  const number = (Date.now() % 900_000) + 100_000 + enterprises;
  return {
    uscc: withCheckDigit(`91430103MA4${String(number).slice(0, 6)}`),
    name: `长沙演示${enterprises}号商贸有限公司`,
  };
}

/** 登记: the registering authority hands over a registration. @returns its cases. */
export function register(story: Story, scope: string) {
  return handOver(story, inventEnterprise(), 'establish', scope);
}

/** 变更 or 注销 of an enterprise that was registered before, with a new registration number. */
export function registerAnew(story: Story, { uscc, name }: Enterprise, event: RegistrationEvent, scope: string) {
  return handOver(story, { uscc, name }, event, scope);
}

async function handOver(story: Story, enterprise: Enterprise, event: RegistrationEvent, scope: string) {
  numbers += 1;
  const registrationNo = `演示-${story.serial}-${numbers}`;
  const input = { ...enterprise, registrationNo, regionCode: '430103', scope, event };
  const { caseIds } = await story.post<Accepted>('dengji', '/api/v1/registrations', input);
  const title = event === 'establish' ? '登记' : `${REGISTRATION_EVENTS[event]}登记`;
  const about = scope ? `，经营范围：${scope}` : '';
  story.tell(await story.nameOf('dengji'), `${title}“${enterprise.name}”（${enterprise.uscc}）${about}`);
  return { ...enterprise, registrationNo, caseIds };
}
