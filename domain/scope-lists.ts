/**
 * One run of `、` members at a time: bare nouns and goods that wait for the member that closes them, "农药、种子零售". A bare
 * noun is dropped where that member is another trade ("医院、学校的保洁服务"); goods are looked up with its verb.
 */
import { foldText } from './scope-characters.ts';
import { LONGEST_HEAD, endsInVerb, takesList } from './scope-heads.ts';
import type { Phrase } from './scope-phrases.ts';
import { soldByMaker } from './scope-trades.ts';

/** Goods that one verb is shared by. A bound, so that an endless list is not read again for each of its verbs. */
const MOST_SHARING = 24;

/** A phrase with the offsets of its text, or of the goods that it was made of. */
export interface Found {
  phrase: Phrase;
  start: number;
  end: number;
}

interface RunState {
  hitsBefore: number;
  goods: Found[];
  done: readonly string[] | null;
  leading: readonly string[];
  front: readonly string[] | null;
}

const NO_VERBS: readonly string[] = [];

export class MemberRun {
  /** How many hits there were before the run; −1 where nothing waits. */
  #hitsBefore = -1;
  #goods: Found[] = [];
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

  get isOpen(): boolean {
    return this.#hitsBefore >= 0;
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
   */
  add(found: Found, hits: number, shared: Found[]): void {
    const { phrase, start, end } = found;
    if (phrase.role === 'verb') return this.#addVerb(phrase.verbs, shared);
    if (this.#done !== null || this.#leading.length > 0) this.clear();
    if (phrase.byVerb !== null) this.#addGoods(found, shared);
    if (phrase.role === 'bare' || phrase.role === 'goods') {
      if (this.#hitsBefore < 0) this.#hitsBefore = hits;
      return;
    }
    this.#hitsBefore = -1;
    if (phrase.verbs.length === 0) return this.clear();
    if (!phrase.verbsFirst) this.#share(phrase.verbs, shared);
    else this.#front = phrase.verbs;
    if (phrase.noun) this.#goods.push({ phrase: phrase.noun, start, end });
    this.#done = phrase.verbs;
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

  #addGoods(goods: Found, shared: Found[]): void {
    if (this.#goods.length < MOST_SHARING) this.#goods.push(goods);
    for (const verb of this.#front ?? NO_VERBS) share(goods, verb, this.#front!, shared);
  }

  #share(verbs: readonly string[], shared: Found[]): void {
    for (const goods of this.#goods) for (const verb of verbs) share(goods, verb, this.#done ?? NO_VERBS, shared);
  }

  /**
   * The text of an unknown member, up to where something ends it.
   * @returns how many hits remain, those of the bare nouns that it has for its object gone; −1 where none is dropped
   */
  unknown(scope: string, from: number, to: number): number {
    const member = foldText(scope.slice(Math.max(from, to - LONGEST_HEAD), to));
    if (member === '') return -1;
    const before = this.#hitsBefore;
    if (takesList(member)) this.clear();
    else {
      if (endsInVerb(member)) this.clear();
      return -1;
    }
    return before;
  }

  /** @returns like `unknown`, for a known trade that has the bare nouns for its object */
  take(): number {
    const before = this.#hitsBefore;
    this.clear();
    return before;
  }
}

function share({ phrase: noun, start, end }: Found, verb: string, done: readonly string[], shared: Found[]): void {
  const phrase = noun.byVerb?.get(verb);
  if (!phrase || soldByMaker(done, verb)) return;
  // "预包装食品" has been found already.
  if (phrase.itemIds.some((id) => !noun.itemIds.includes(id))) shared.push({ phrase, start, end });
}
