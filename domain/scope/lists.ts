/**
 * Lists with `、`, one run of members at a time. Bare nouns and goods wait for the member that closes the run. Goods are
 * looked up with its verb ("农药、种子零售"); bare nouns are dropped if it is a trade about them ("医院、学校的保洁服务").
 */
import { areWares, endsInVerb, isMachine, isMereVerb, isThing, takesList } from './heads.ts';
import type { Phrase } from './phrases.ts';
import { type Trade, areGoods, isMaking, soldByMaker, unknownTradeOf } from './trades.ts';

/** The most goods that share a verb. A bound, so that an endless list is not read again for each of its verbs. */
const MOST_SHARING = 24;

/** A phrase that was found, with its offsets. */
export interface Found {
  phrase: Phrase;
  start: number;
  end: number;
}

/**
 * Goods, or the goods of a trade, with the trade's offsets. The items are those that the text means by itself: "预包装食品"
 * means 食品经营 even before its list says 销售.
 */
interface Goods extends Pick<Phrase, 'itemIds' | 'qualified'> {
  byVerb: ReadonlyMap<string, Phrase>;
  start: number;
  end: number;
}

/** All hits remain, more than a scope can have: nothing waits whose hits could be dropped. A small integer is quicker than Infinity. */
const ALL = 0x3fffffff;
const NO_VERBS: readonly string[] = [];

/** What is known of one list. */
class Run {
  /** The number of hits before the run; ALL where nothing waits. */
  hitsBefore = ALL;
  goods: Goods[] = [];
  /** The verbs of the member that closed the run; more may follow, "卷烟批发、零售". Null while the run is open. */
  done: readonly string[] | null = null;
  /** Verbs without goods before them: "批发、零售：…" */
  leading = NO_VERBS;
  /** Verbs that stand before their goods, "零售：卷烟、食品"; they apply until the end of the entry. */
  front = NO_VERBS;
  /** Verbs before a colon. Behind a semicolon they still apply to goods that no verb closes: "研发、生产：化妆品；第二类医疗器械". */
  announced = NO_VERBS;
}

export class MemberRun {
  #run = new Run();
  readonly #outer: Run[] = [];

  begin(): void {
    this.#outer.length = 0;
    this.endSentence();
  }

  /** Whether nothing waits for a closing member, and no verb could continue the run. */
  get isEmpty(): boolean {
    const { hitsBefore, done, leading } = this.#run;
    return hitsBefore === ALL && done === null && leading.length === 0;
  }

  /** Forgets the run. */
  clear(): void {
    const run = this.#run;
    run.hitsBefore = ALL;
    run.done = null;
    run.leading = NO_VERBS;
    if (run.goods.length > 0) run.goods = [];
  }

  /** Enters a bracket, which is a list of its own; `leave` restores the list outside. */
  enter(): void {
    this.#outer.push(this.#run);
    this.#run = new Run();
  }

  leave(): void {
    this.#run = this.#outer.pop()!;
  }

  /** A colon: verbs before it apply to what follows, "零售：". */
  colon(): void {
    const { leading } = this.#run;
    if (leading.length > 0) this.#run.front = this.#run.announced = leading;
    this.clear();
  }

  /** A semicolon. */
  endEntry(): void {
    this.#run.front = NO_VERBS;
    this.clear();
  }

  endSentence(): void {
    this.#run.announced = NO_VERBS;
    this.endEntry();
  }

  /** Gives goods that no verb closed the verbs that were announced. */
  settle(shared: Found[]): void {
    const { goods, done, front, announced } = this.#run;
    if (done !== null || front.length > 0) return;
    for (const one of goods) for (const verb of announced) share(one, verb, announced, shared);
  }

  /**
   * Takes a known phrase: a whole member, or a part of one that conjunctions join.
   * @param hits the number of hits before this member
   * @param shared receives the phrases that result for the goods before it
   * @returns how many hits remain if the phrase is a trade about the bare nouns before it; otherwise ALL
   */
  add({ phrase, start, end }: Found, hits: number, shared: Found[]): number {
    const run = this.#run;
    const { role, noun, byVerb, verbs, itemIds, qualified } = phrase;
    if (role === 'verb') {
      this.#addVerb(verbs, shared);
      return ALL;
    }
    if (run.done !== null || run.leading.length > 0) this.clear();
    if (byVerb !== null) this.#addGoods({ byVerb, start, end, itemIds, qualified }, shared);
    if (role === 'bare' || role === 'goods') {
      run.hitsBefore = Math.min(run.hitsBefore, hits);
      return ALL;
    }
    const remaining = role === 'taking' ? run.hitsBefore : ALL;
    if (noun === null) {
      if (role !== 'taking') this.settle(shared);
      this.clear();
      return remaining;
    }
    if (phrase.verbsFirst) run.front = verbs;
    else this.#share(verbs, shared);
    run.goods.push({ byVerb: noun.byVerb!, start, end, itemIds, qualified });
    this.#close(verbs);
    return remaining;
  }

  /** Nothing waits any more; the verbs that closed the run may be continued. */
  #close(verbs: readonly string[]): void {
    this.#run.hitsBefore = ALL;
    this.#run.done = verbs;
  }

  #addVerb(verbs: readonly string[], shared: Found[]): void {
    const run = this.#run;
    if (run.goods.length === 0) {
      run.hitsBefore = ALL;
      run.leading = union(run.leading, verbs);
      return;
    }
    this.#share(verbs, shared);
    this.#close(union(run.done ?? NO_VERBS, verbs));
  }

  #addGoods(goods: Goods, shared: Found[]): void {
    const run = this.#run;
    if (run.goods.length < MOST_SHARING) run.goods.push(goods);
    for (const verb of run.front) share(goods, verb, run.front, shared);
  }

  #share(verbs: readonly string[], shared: Found[]): void {
    const done = this.#run.done ?? NO_VERBS;
    for (const goods of this.#run.goods) for (const verb of verbs) share(goods, verb, done, shared);
  }

  /**
   * Takes a member that is no known phrase, or a phrase about other members (兽用器械销售).
   * @param ofGoods whether its text begins with known goods or a known place: "药品检测仪器销售"
   * @returns how many hits remain if it is about the bare nouns before it, whose hits are dropped; otherwise ALL
   */
  unknown(member: string, ofGoods: boolean, shared: Found[]): number {
    if (member === '') return ALL;
    const run = this.#run;
    const trade = ofGoods ? null : unknownTradeOf(member);
    if (trade?.inFront && isSale(trade)) run.front = trade.verbs;
    if (run.hitsBefore === ALL) {
      // Only a member that is a mere verb continues a closed run: "卷烟零售、五金研发、批发" does not mean 卷烟批发.
      if (!isMereVerb(member)) this.clear();
      return ALL;
    }
    const goodsToo = !ofGoods && this.#areGoods() && (trade ? namesGoods(trade) : isThing(member) && areWares(member));
    if (goodsToo && trade && !trade.inFront) {
      this.#share(trade.verbs, shared);
      this.#close(trade.verbs);
      return ALL;
    }
    if (!goodsToo && takesList(member)) {
      const { hitsBefore } = run;
      this.clear();
      return hitsBefore;
    }
    if (endsInVerb(member)) {
      this.settle(shared);
      this.clear();
    }
    return ALL;
  }

  /** Whether goods wait, not only places. */
  #areGoods(): boolean {
    return this.#run.goods.some(({ byVerb }) => areGoods(byVerb.keys()));
  }
}

/** Each verb once, so that an endless list of verbs stays short. */
function union(verbs: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...verbs, ...more])];
}

/** Whether a trade with its verb in front is a sale: "零售日用百货" is; 销售代理 and 批发市场管理 are not. */
function isSale({ noun }: Trade): boolean {
  return areWares(noun) && !endsInVerb(noun) && !takesList(noun);
}

/**
 * Whether an unknown trade names goods, so that the goods before it share its verb. 粮油机械销售 does. 粮油机械制造 does not: the
 * machines are made, and the goods before it are what they produce.
 */
function namesGoods({ noun, verbs }: Trade): boolean {
  return areWares(noun) && !(verbs.some(isMaking) && isMachine(noun));
}

function share(goods: Goods, verb: string, done: readonly string[], shared: Found[]): void {
  const phrase = goods.byVerb.get(verb);
  if (!phrase || soldByMaker(done, verb)) return;
  const { start, end, itemIds, qualified } = goods;
  const isNew = phrase.itemIds.some((id) => !itemIds.includes(id));
  const isNewlyQualified = phrase.qualified.some((one) => !qualified.some(({ itemId }) => itemId === one.itemId));
  if (isNew || isNewlyQualified) shared.push({ phrase, start, end });
}
