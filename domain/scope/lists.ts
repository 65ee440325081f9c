/**
 * One run of `、` members at a time: bare nouns and goods that wait for the member that closes them, "农药、种子零售". A bare
 * noun is dropped where that member is another trade ("医院、学校的保洁服务"); goods are looked up with its verb.
 */
import { areWares, endsInVerb, isMereVerb, isThing, takesList } from './heads.ts';
import type { Phrase } from './phrases.ts';
import { type Trade, areGoods, isMaking, soldByMaker, unknownTradeOf } from './trades.ts';

/** Goods that one verb is shared by. A bound, so that an endless list is not read again for each of its verbs. */
const MOST_SHARING = 24;

/** A phrase with the offsets of its text. */
export interface Found {
  phrase: Phrase;
  start: number;
  end: number;
}

/** Goods, or the goods of a trade, with the trade's offsets. */
interface Goods extends Found {
  /** What their own text has been found to mean: "预包装食品" means 食品经营 before its list says 销售. */
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
  /** How many hits there were before the run; −1 where nothing waits. */
  #hitsBefore = -1;
  #goods: Goods[] = [];
  /** The verbs of the member that closed the run: others may follow it, "卷烟批发、零售". Null while it is open. */
  #done: readonly string[] | null = null;
  /** Verbs with no goods before them: "批发、零售：…" */
  #leading = NO_VERBS;
  /** Verbs said before their goods, "零售：卷烟、食品"; they hold to the end of the sentence. */
  #front: readonly string[] | null = null;
  readonly #outer: RunState[] = [];

  begin(): void {
    if (this.#outer.length > 0) this.#outer.length = 0;
    this.#front = null;
    this.clear();
  }

  /** Does anything wait for a member that closes the list? */
  get isOpen(): boolean {
    return this.#hitsBefore >= 0;
  }

  /** Does nothing wait, and is nothing to be gone on with? */
  get isEmpty(): boolean {
    return this.#hitsBefore < 0 && this.#done === null && this.#leading.length === 0;
  }

  /** Nothing of this run waits any longer. */
  clear(): void {
    this.#hitsBefore = -1;
    this.#done = null;
    this.#leading = NO_VERBS;
    if (this.#goods.length > 0) this.#goods = [];
  }

  /** A bracket is a list of its own. */
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

  /** The text of a heading's or a verb's colon: "零售：" */
  colon(): void {
    if (this.#leading.length > 0) this.#front = this.#leading;
    this.clear();
  }

  endSentence(): void {
    this.#front = null;
    this.clear();
  }

  /**
   * A known phrase, the whole member or joined to more of it.
   * @param hits how many there were before this member
   * @param shared receives what the phrase makes of the goods before it
   * @returns like `unknown`, where the phrase is a trade that has the bare nouns for its object
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
   * A member that no phrase is, or a phrase that is about others: 兽用器械销售.
   * @param ofGoods does its text begin with goods or a place that are known? "药品检测仪器销售"
   * @returns how many hits remain, those of the bare nouns that it has for its object gone; −1 where none is dropped
   */
  unknown(member: string, ofGoods: boolean, shared: Found[]): number {
    if (member === '') return -1;
    const trade = ofGoods ? null : unknownTradeOf(member);
    if (trade?.inFront && isSale(trade)) this.#front = trade.verbs;
    if (this.#hitsBefore < 0) {
      // A list that is closed goes on with verbs alone: "卷烟零售、五金研发、批发" is no 卷烟批发.
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

  /** Are there goods among what waits, and not only places? */
  #areGoods(): boolean {
    return this.#goods.some(({ phrase: { byVerb } }) => areGoods(byVerb!.keys()));
  }
}

/** "零售日用百货", and neither 销售代理 nor 批发市场管理. */
function isSale({ noun }: Trade): boolean {
  return areWares(noun) && !endsInVerb(noun) && !takesList(noun);
}

/** Of 粮油机械制造 the goods before it are what the machines make; of 粮油机械销售 they are sold, too. */
function namesGoods({ noun, verbs }: Trade): boolean {
  return areWares(noun) && !(verbs.some(isMaking) && isThing(noun));
}

function share(goods: Goods, verb: string, done: readonly string[], shared: Found[]): void {
  const phrase = goods.phrase.byVerb?.get(verb);
  if (!phrase || soldByMaker(done, verb)) return;
  const { start, end, itemIds } = goods;
  if (phrase.itemIds.some((id) => !itemIds.includes(id))) shared.push({ phrase, start, end });
}
