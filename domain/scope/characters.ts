/** What each UTF-16 code unit means in a business scope: its folded form, and its kind. */

/** The kinds of code units. The separators are ordered: a higher number separates more strongly. */
export const KIND = { text: 0, list: 1, comma: 2, semicolon: 3, stop: 4, open: 5, close: 6, lead: 7 } as const;

/** ① to ⒛, and the code unit behind them. They are not folded, because their folded forms would be plain digits. */
const FIRST_NUMERAL = 0x2460;
const BEHIND_NUMERALS = 0x249c;

function numerals(): string {
  const units = Array.from({ length: BEHIND_NUMERALS - FIRST_NUMERAL }, (_, index) => FIRST_NUMERAL + index);
  return String.fromCharCode(...units);
}

/** `、` is the weakest separator, because it joins the members of one clause as often as it separates clauses. */
const BY_KIND: readonly (readonly [kind: number, folded: string])[] = [
  // No hyphen, because it stands in codes: 6821-6866.
  [KIND.list, '、/. \t\u00b7\u2022・+~…—–'],
  [KIND.comma, ',|‖'],
  // Circled and bracketed numerals number the entries of a list: "①餐饮服务②住宿服务".
  [KIND.semicolon, `;\n\r\u2028\u2029${numerals()}`],
  // Among them marks that are printed behind a scope so that nobody can add to it: "餐饮服务***".
  [KIND.stop, '。:!?*#★☆■□◆◇●▲※〓'],
  [KIND.open, '([{【〔〖<‹〈'],
  [KIND.close, ')]}】〕〗>›〉'],
  // The first characters of negations (不含, 严禁, 禁止, 除…外, 除外) and the conjunctions that may join two trades.
  [KIND.lead, '不严禁除外及和与或并兼'],
];

/** Blocks with one-to-one compatibility forms: full- and half-width, Kangxi radicals, CJK compatibility ideographs. */
const FOLDED_BLOCKS: readonly (readonly [first: number, behind: number])[] = [
  [0x00a0, 0x0100],
  [0x2000, FIRST_NUMERAL],
  [BEHIND_NUMERALS, 0x2fe0],
  [0x3000, 0x3400],
  [0xf900, 0xfb00],
  [0xfe10, 0xfe70],
  [0xff00, 0xfff0],
];

/**
 * Ignored in matching: control and format characters (zero-width, bidirectional, soft hyphen), what Unicode says is not shown
 * (variation selectors, fillers), and quotation marks. Not tabs and line breaks, which separate.
 */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}"'“”‘’]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'gu');
/** The first halves of U+E0000 to U+E0FFF, all of which are invisible: variation selectors of rare ideographs. */
const FIRST_HALVES = [0xdb40, 0xdb41, 0xdb42, 0xdb43];
/** A space separates the members of a list, but it may also stand inside a phrase: no-break spaces of copied web pages. */
const SPACE = 0x20;

export interface CharacterTable {
  /** Folded code unit, 0 where invisible or a space. */
  fold: Uint16Array;
  kind: Uint8Array;
  /** The code units whose kind is not text. */
  structural: UnitSet;
  /** These, and the code units that are invisible or begin what is. */
  noted: UnitSet;
}

/**
 * A set of code units as 65,536 bits. Its 8 kB fit into the processor's first cache; a table of bytes would not. That
 * matters because nearly every character of a scope is looked up here.
 */
export class UnitSet {
  readonly #bits = new Int32Array(0x10000 >>> 5);

  constructor(units: Iterable<number>) {
    for (const unit of units) this.#bits[unit >>> 5]! |= 1 << (unit & 31);
  }

  has(unit: number): boolean {
    return ((this.#bits[unit >>> 5]! >>> (unit & 31)) & 1) !== 0;
  }
}

/** Code units in this range (CJK ideographs, nearly all of every scope) are visible and equal their folded form. */
const FIRST_PLAIN = 0x3400;
const LAST_PLAIN = 0x9fff;
const NOT_PLAIN = /[^\u3400-\u9fff]/g;

export function isPlain(unit: number): boolean {
  return unit >= FIRST_PLAIN && unit <= LAST_PLAIN;
}

/** Folded form of a code unit, 0 where it is invisible or a space. */
export function foldUnit(unit: number): number {
  return isPlain(unit) ? unit : characterTable().fold[unit]!;
}

let table: CharacterTable | undefined;

/** The table. It is built at its first use, so that importing this file costs nothing. */
export function characterTable(): CharacterTable {
  table ??= build();
  return table;
}

/** The invisible characters of a text, with their offsets. */
export function invisibleIn(text: string): RegExpStringIterator<RegExpExecArray> {
  return text.matchAll(ALL_INVISIBLE);
}

/** The folded form of a text: two spellings of the same phrase have the same folded form. */
export function foldText(text: string): string {
  return text.replaceAll(NOT_PLAIN, (found) => {
    const unit = foldUnit(found.charCodeAt(0));
    return unit === 0 ? '' : String.fromCharCode(unit);
  });
}

function build(): CharacterTable {
  const fold = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  for (const [first, behind] of FOLDED_BLOCKS) {
    for (let unit = first; unit < behind; unit++) {
      // Fold only to single units, so that offsets stay those of the original text (Ⅱ stays Ⅱ).
      const folded = String.fromCharCode(unit).normalize('NFKC');
      if (folded.length === 1) fold[unit] = folded.charCodeAt(0);
    }
  }
  const kind = new Uint8Array(fold.length);
  const kindOf = new Map(
    BY_KIND.flatMap(([value, folded]) => Array.from(folded, (c) => [c.charCodeAt(0), value] as const)),
  );
  for (const [unit, folded] of fold.entries()) {
    kind[unit] = kindOf.get(folded) ?? KIND.text;
    fold[unit] = canonical(folded, kind[unit]);
  }
  const unitsThat = (holds: (unit: number) => boolean) => new UnitSet([...kind.keys()].filter(holds));
  return {
    fold,
    kind,
    structural: unitsThat((unit) => kind[unit] !== KIND.text),
    noted: unitsThat(
      (unit) => kind[unit] !== KIND.text || FIRST_HALVES.includes(unit) || INVISIBLE.test(String.fromCharCode(unit)),
    ),
  };
}

function canonical(unit: number, kind: number): number {
  if (kind === KIND.open) return 0x28;
  if (kind === KIND.close) return 0x29;
  if (unit >= 0x41 && unit <= 0x5a) return unit + 0x20;
  return unit === SPACE || INVISIBLE.test(String.fromCharCode(unit)) ? 0 : unit;
}
