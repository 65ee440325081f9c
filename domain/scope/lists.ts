/**
 * Lists with `、`, one run of members at a time. Bare nouns and goods wait for the member that closes the run. Goods are
 * looked up with its verb ("农药、种子零售"); bare nouns are dropped if it is a trade about them ("医院、学校的保洁服务").
 */
import { areWares, endsInVerb, isMereVerb, isThing, takesList } from './heads.ts';
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

/** Goods, or the goods of a trade, with the trade's offsets. */
interface Goods extends Found {
  /** The items that the text means by itself: "预包装食品" means 食品经营 even before its list says 销售. */
  itemIds: readonly string[];
}

interface RunState {
  hitsBefore: number;
  goods: Goods[];
  done: readonly string[] | null;
  leading: readonly string[];
  front: readonly string[] | null;
}

const NO_VERBS: readonly string[] = [];

export class MemberRun {
  /** The number of hits before the run; −1 where nothing waits. */
  #hitsBefore = -1;
  #goods: Goods[] = [];
  /** The verbs of the member that closed the run; more may follow, "卷烟批发、零售". Null while the run is open. */
  #done: readonly string[] | null = null;
  /** Verbs without goods before them: "批发、零售：…" */
  #leading = NO_VERBS;
  /** Verbs that stand before their goods, "零售：卷烟、食品"; they apply until the end of the sentence. */
  #front: readonly string[] | null = null;
  readonly #outer: RunState[] = [];

  begin(): void {
    if (this.#outer.length > 0) this.#outer.length = 0;
    this.#front = null;
    this.clear();
  }

  /** Whether bare nouns or goods wait for a closing member. */
  get isOpen(): boolean {
    return this.#hitsBefore >= 0;
  }

  /** Whether nothing waits and no verb could continue the run. */
  get isEmpty(): boolean {
    return this.#hitsBefore < 0 && this.#done === null && this.#leading.length === 0;
  }

  /** Forgets the run. */
  clear(): void {
    this.#hitsBefore = -1;
    this.#done = null;
    this.#leading = NO_VERBS;
    if (this.#goods.length > 0) this.#goods = [];
  }

  /** Enters a bracket, which is a list of its own; `leave` restores the list outside. */
  enter(): void {
    this.#outer.push({
      hitsBefore: this.#hitsBefore,
      goods: this.#goods,
      done: this.#done,
      leading: this.#leading,
      front: this.#front,
    });
    this.#goods = [];
    this.#front = null;
    this.clear();
  }

  leave(): void {
    const outer = this.#outer.pop();
    if (!outer) return;
    this.#hitsBefore = outer.hitsBefore;
    this.#goods = outer.goods;
    this.#done = outer.done;
    this.#leading = outer.leading;
    this.#front = outer.front;
  }

  /** A colon: verbs before it apply to what follows, "零售：". */
  colon(): void {
    if (this.#leading.length > 0) this.#front = this.#leading;
    this.clear();
  }

  endSentence(): void {
    this.#front = null;
    this.clear();
  }

  /**
   * Takes a known phrase: a whole member, or a part of one that conjunctions join.
   * @param hits the number of hits before this member
   * @param shared receives the phrases that result for the goods before it
   * @returns how many hits remain if the phrase is a trade about the bare nouns before it; −1 where none is dropped
   */
  add(found: Found, hits: number, shared: Found[]): number {
    const { phrase, start, end } = found;
    if (phrase.role === 'verb') {
      this.#addVerb(phrase.verbs, shared);
      return -1;
    }
    if (this.#done !== null || this.#leading.length > 0) this.clear();
    if (phrase.byVerb !== null) this.#addGoods(found, shared);
    if (phrase.role === 'bare' || phrase.role === 'goods') {
      if (this.#hitsBefore < 0) this.#hitsBefore = hits;
      return -1;
    }
    const remaining = phrase.role === 'taking' ? this.#hitsBefore : -1;
    this.#hitsBefore = -1;
    if (phrase.verbs.length === 0) {
      this.clear();
      return remaining;
    }
    if (!phrase.verbsFirst) this.#share(phrase.verbs, shared);
    else this.#front = phrase.verbs;
    if (phrase.noun) this.#goods.push({ phrase: phrase.noun, start, end, itemIds: phrase.itemIds });
    this.#done = phrase.verbs;
    return remaining;
  }

  #addVerb(verbs: readonly string[], shared: Found[]): void {
    this.#hitsBefore = -1;
    if (this.#goods.length === 0) {
      this.#leading = [...this.#leading.slice(0, MOST_SHARING), ...verbs];
      return;
    }
    this.#share(verbs, shared);
    this.#done = [...(this.#done ?? NO_VERBS).slice(0, MOST_SHARING), ...verbs];
  }

  #addGoods(found: Found, shared: Found[]): void {
    const goods = { ...found, itemIds: found.phrase.itemIds };
    if (this.#goods.length < MOST_SHARING) this.#goods.push(goods);
    for (const verb of this.#front ?? NO_VERBS) share(goods, verb, this.#front!, shared);
  }

  #share(verbs: readonly string[], shared: Found[]): void {
    for (const goods of this.#goods) for (const verb of verbs) share(goods, verb, this.#done ?? NO_VERBS, shared);
  }

  /**
   * Takes a member that is no known phrase, or a phrase about other members (兽用器械销售).
   * @param ofGoods whether its text begins with known goods or a known place: "药品检测仪器销售"
   * @returns how many hits remain if it is about the bare nouns before it, whose hits are dropped; −1 where none is dropped
   */
  unknown(member: string, ofGoods: boolean, shared: Found[]): number {
    if (member === '') return -1;
    const trade = ofGoods ? null : unknownTradeOf(member);
    if (trade?.inFront && isSale(trade)) this.#front = trade.verbs;
    if (this.#hitsBefore < 0) {
      // Only a member that is a mere verb continues a closed run: "卷烟零售、五金研发、批发" does not mean 卷烟批发.
      if (!isMereVerb(member)) this.clear();
      return -1;
    }
    const goodsToo = !ofGoods && this.#areGoods() && (trade ? namesGoods(trade) : isThing(member) && areWares(member));
    if (goodsToo && trade && !trade.inFront) {
      this.#share(trade.verbs, shared);
      this.#hitsBefore = -1;
      this.#done = trade.verbs;
      return -1;
    }
    if (!goodsToo && takesList(member)) {
      const before = this.#hitsBefore;
      this.clear();
      return before;
    }
    if (endsInVerb(member)) this.clear();
    return -1;
  }

  /** Whether goods wait, not only places. */
  #areGoods(): boolean {
    return this.#goods.some(({ phrase: { byVerb } }) => areGoods(byVerb!.keys()));
  }
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
  return areWares(noun) && !(verbs.some(isMaking) && isThing(noun));
}

function share(goods: Goods, verb: string, done: readonly string[], shared: Found[]): void {
  const phrase = goods.phrase.byVerb?.get(verb);
  if (!phrase || soldByMaker(done, verb)) return;
  const { start, end, itemIds } = goods;
  if (phrase.itemIds.some((id) => !itemIds.includes(id))) shared.push({ phrase, start, end });
}
