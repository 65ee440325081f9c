/** Lifecycles: something is handed in, and people take what the table allows until the case is closed or the dice say enough. */
import type { CaseDetail } from '../../../api/cases/detail.ts';
import { parseCaseId, type CaseType } from '../../../domain/case/id.ts';
import { isFinal, NOUNS, transitionOf, verbOf } from '../../../domain/case-types/case-types.ts';
import { Beginnings, type Setting } from './beginnings.ts';
import { ATTACHING, bodyOf, takenActions } from './bodies.ts';
import type { Dice } from './dice.ts';
import type { People } from './people.ts';

const STEPS = { least: 2, most: 10 };
/** Steps of a record before it is found to be wrong. */
const STEPS_TO_SHOW = 4;
/** Looks at a case before giving up on it, where nobody may do anything yet. */
const WAITS = 3;
const WAIT_MS = 300;

const ACCOUNTS: Record<string, string[]> = {
  '430103-agriculture': ['nongye', 'nongye-lead', 'nongye-deputy'],
  '430103-market-regulation': ['shichang', 'shichang-lead'],
  '430103-health': ['weijian'],
};
/** Who acts on cases besides the holder. The rest of the accounts may look, and are refused. */
const ORGANS: Partial<Record<CaseType, string[]>> = {
  rollback: ['dengji', 'shengju', 'ducha'],
  poolEntry: ['nongye', 'shichang', 'weijian', 'dengji'],
  publication: ['dengji'],
  correction: ['admin'],
  listing: ['dengji', 'shengju'],
  supervision: ['ducha', 'zhengfu'],
};
/** Sees every case. */
const OVERSEER = 'admin';

/** What must have been done before an aim is possible, where the table does not lead there by itself. */
const TOWARDS: Record<string, string> = {
  approveExtension: 'requestExtension',
  refuseExtension: 'requestExtension',
  suspend: 'requestSuspension',
  refuseSuspension: 'requestSuspension',
  rejectAppeal: 'appeal',
  upholdAppeal: 'appeal',
  stateOpinion: 'proposeCriticism',
};

/** A deed that somebody may do now. */
interface Choice {
  as: string;
  action: string;
  detail: CaseDetail;
}

interface Walk {
  caseId: string;
  caseType: CaseType;
  path: string;
  /** The deed that the walk is for: taken as soon as the table allows it, and nothing that ends the case before. */
  aim: string | undefined;
  /** Who may act on it, once it has been seen. */
  people?: string[];
}

type Taken = 'closed' | 'nothing' | { next: string | undefined };

function caseTypeOf(caseId: string): CaseType {
  const parsed = parseCaseId(caseId);
  if (!parsed) throw new Error(`not an id of this system: ${caseId}`);
  return parsed.type;
}

export class Lifecycle {
  private readonly people: People;
  private readonly dice: Dice;
  private readonly beginnings: Beginnings;
  /** Whether pushes are returned again and again, until the supervisor rules. */
  private readonly isStubborn: boolean;

  constructor(setting: Setting, n: number, dice: Dice) {
    this.people = setting.people;
    this.dice = dice;
    this.beginnings = new Beginnings(setting, n, dice);
    this.isStubborn = dice.happens(0.1);
  }

  async live(): Promise<void> {
    const { dice, beginnings } = this;
    const begin = beginnings.chosen();
    if (begin === 'record') return this.liveOfRecord();
    for (const one of await beginnings[begin]()) await this.walk(one, dice.whole(STEPS.least, STEPS.most));
    for (const one of begin === 'listing' ? await beginnings.liftings() : []) await this.walk(one, STEPS.least);
    if (begin === 'registration' && dice.happens(0.05)) await beginnings.register('cancel');
  }

  private async liveOfRecord(): Promise<void> {
    const { dice, beginnings } = this;
    const { caseId, recordId } = await beginnings.record();
    const isFoundWrong = recordId !== undefined && dice.happens(0.6);
    if (caseId !== undefined && isFoundWrong) await this.walk(caseId, STEPS_TO_SHOW, 'publish');
    else if (caseId !== undefined) await this.walk(caseId, dice.whole(STEPS.least, STEPS.most));
    for (const one of isFoundWrong ? await beginnings.corrections(recordId) : []) {
      await this.walk(one, dice.whole(STEPS.least, STEPS.most));
    }
    await look(this.people, dice, beginnings.uscc);
  }

  /** Up to so many steps of a case, and of what follows from it. */
  private async walk(caseId: string, steps: number, towards?: string): Promise<void> {
    const caseType = caseTypeOf(caseId);
    const path = `/api/v1/${NOUNS[caseType]}/${encodeURIComponent(caseId)}`;
    const walk: Walk = { caseId, caseType, path, aim: towards ?? this.aimOf(caseType) };
    let waits = 0;
    for (let left = steps; left > 0;) {
      const taken = await this.step(walk);
      if (taken === 'closed') return;
      if (taken === 'nothing') {
        waits += 1;
        if (waits > WAITS) return;
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
        continue;
      }
      left -= 1;
      if (taken.next) await this.walk(taken.next, left);
      if (this.dice.happens(0.15)) await look(this.people, this.dice, this.beginnings.uscc);
    }
  }

  private aimOf(caseType: CaseType): string | undefined {
    if (this.isStubborn && caseType === 'registrationPush') return 'return';
    return this.dice.pick(takenActions(caseType));
  }

  private async step(walk: Walk): Promise<Taken> {
    const { caseId, caseType, path } = walk;
    if (!walk.people) {
      const standing = await this.opened(OVERSEER, path);
      if (!standing) return 'nothing';
      walk.people = [...(ACCOUNTS[standing.departmentCode ?? ''] ?? []), ...(ORGANS[caseType] ?? [])];
    }
    const choice = await this.choice(walk, walk.people);
    if (choice === 'closed' || choice === 'nothing') return choice;
    const { as, action, detail } = choice;
    const { today } = this.beginnings;
    const body = bodyOf(caseType, action, {
      detail,
      dice: this.dice,
      today,
      attachmentIds: await this.uploaded(walk, choice),
    });
    const { seenVersion } = body as { seenVersion?: number };
    const request = { as, method: 'POST', path: `${path}/${verbOf(action)}`, body } as const;
    const answer = await this.people.command(this.dice, request, { caseId, action, seenVersion });
    // An aim that is refused is given up: what it needs does not come by asking again.
    if (action === walk.aim) walk.aim = undefined;
    if (answer?.status !== 200) return 'nothing';
    return { next: answer.nextCaseId };
  }

  /** The deed that is taken: the walk's aim, if anybody may do it, or what the first who may do anything picks. */
  private async choice(
    { caseType, path, aim }: Walk,
    people: readonly string[],
  ): Promise<Choice | 'closed' | 'nothing'> {
    let picked: Choice | undefined;
    for (const as of this.dice.shuffled(people)) {
      const detail = await this.opened(as, path);
      if (!detail) continue;
      if (isOver(detail)) return 'closed';
      const taken = takenActions(caseType);
      const allowed = detail.actions.filter((one) => one.allowed && taken.includes(one.action));
      const aimed = allowed.find(({ action }) => action === aim);
      if (aimed) return { as, action: aimed.action, detail };
      const towards = allowed.find(({ action }) => action === TOWARDS[aim ?? '']);
      if (towards) picked = { as, action: towards.action, detail };
      if (picked || allowed.length === 0) continue;
      const going = allowed.filter(({ action }) => aim === undefined || !isEnd(caseType, action));
      picked = { as, action: this.dice.pick(going.length > 0 ? going : allowed).action, detail };
    }
    return picked ?? 'nothing';
  }

  private async uploaded({ caseType }: Walk, { as, action }: Choice): Promise<string[]> {
    if (!ATTACHING.has(`${caseType}.${action}`)) return [];
    const { id } = await this.beginnings.upload(as);
    return id === undefined ? [] : [id];
  }

  private async opened(as: string, path: string): Promise<CaseDetail | undefined> {
    const seen = await this.people.ask(this.dice, { as, method: 'GET', path });
    return seen?.status === 200 ? (seen.body as unknown as CaseDetail) : undefined;
  }
}

/** An answered push is closed, and is answered further. */
const isOver = ({ caseType, status, stage }: CaseDetail): boolean =>
  status === 'closed' && !(caseType === 'registrationPush' && stage === 'fedBack');

const isEnd = (caseType: CaseType, action: string): boolean =>
  isFinal(caseType, transitionOf(caseType, action)?.to ?? '');

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
