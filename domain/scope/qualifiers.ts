/**
 * Qualifiers: wordings that the item's permit does not cover, because the law asks for a filing or for nothing instead. They
 * stand as clauses of their own (仅销售预包装食品) or in a bracket behind a phrase of the item: 食品销售（仅销售预包装食品）.
 */
import type { RegionLevel } from '../organs/regions.ts';
import type { Catalogue, Qualifier } from './catalogue.ts';
import { foldText } from './characters.ts';
import type { QualifierEffect } from './item-modes.ts';

/** Why a hit calls for less than the item's permit. */
export interface HitQualifier {
  /** As the catalogue writes it. */
  phrase: string;
  effect: QualifierEffect;
  law: string;
  article: string;
  /** The level at which the filing is made, where it is not that of the permit. */
  approvingLevel?: RegionLevel;
  /** The sector that takes the filing, where it is not that of the permit. */
  sector?: string;
}

export interface Qualified {
  itemId: string;
  qualifier: HitQualifier;
}

/** 第二类 is also written 二类, Ⅱ类, II类, 2类. Ⅰ and I are one character when folded; Ⅱ and II are not. */
const NUMERALS = new Map([
  ['一', ['一', 'Ⅰ', '1']],
  ['二', ['二', 'Ⅱ', 'ⅱ', 'II', '2']],
  ['三', ['三', 'Ⅲ', 'ⅲ', 'III', '3']],
]);
const CLASS = /第?([一二三])类/;

/** A phrase in every spelling of the class that it names; the phrase itself where it names none. */
export function spellingsOf(text: string): string[] {
  const [written, numeral = ''] = CLASS.exec(text) ?? [];
  if (written === undefined) return [text];
  const others = NUMERALS.get(numeral)!.flatMap((one) => [`第${one}类`, `${one}类`]);
  return [...new Set([text, ...others.map((one) => text.replace(written, one))])];
}

const statedBy = (
  phrase: string,
  { effect, basis: { law, article }, approvingLevel, sector }: Qualifier,
): HitQualifier => ({
  phrase,
  effect,
  law,
  article,
  ...(approvingLevel && { approvingLevel }),
  ...(sector && { sector }),
});

/** The clauses that items do not cover, in every spelling. */
export function qualifiedClauses({ items }: Catalogue): (Qualified & { text: string })[] {
  return items.flatMap(({ id, qualifiers = [], preApproval }) =>
    preApproval
      ? []
      : qualifiers.flatMap((one) =>
          one.phrases.flatMap((phrase) =>
            spellingsOf(phrase).map((text) => ({ text, itemId: id, qualifier: statedBy(phrase, one) })),
          ),
        ),
  );
}

/** Words of exclusiveness: what else the bracket or the scope names contradicts them. */
const EXCLUSIVE = /^[仅只限专]/;

export const isExclusive = ({ phrase }: HitQualifier): boolean => EXCLUSIVE.test(phrase);

const BRACKET = /\(([^()]*)(?:\)|$)/g;
/** What may follow in the bracket, because it narrows further: 仅销售预包装食品，不含冷藏冷冻食品. */
const NARROWS = /^(?:不含|不包括|不包含|不涉及|不得|不从事|除)/;

const normal = (text: string) => foldText(text).replaceAll(/[的\s]/g, '');

/** Recognises the brackets that qualify an item. */
export class BracketQualifiers {
  readonly #byItem = new Map<string, Map<string, HitQualifier>>();

  constructor({ items }: Catalogue) {
    for (const { id, qualifiers } of items) {
      if (!qualifiers) continue;
      const said = new Map<string, HitQualifier>();
      for (const one of qualifiers) {
        for (const phrase of [...one.phrases, ...(one.brackets ?? [])]) {
          for (const text of spellingsOf(phrase)) said.set(normal(text), statedBy(phrase, one));
        }
      }
      this.#byItem.set(id, said);
    }
  }

  /** @param clause a phrase of the item with its brackets. @returns what the first bracket says that qualifies the item. */
  of(itemId: string, clause: string): HitQualifier | undefined {
    const said = this.#byItem.get(itemId);
    if (!said) return undefined;
    for (const [, content = ''] of normal(clause).matchAll(BRACKET)) {
      const found = saidIn(said, content);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether the content of a bracket is a qualifier, of whatever item. */
  says(content: string): boolean {
    const text = normal(content);
    return [...this.#byItem.values()].some((said) => saidIn(said, text));
  }
}

function saidIn(said: ReadonlyMap<string, HitQualifier>, content: string): HitQualifier | undefined {
  const [first = '', ...rest] = content.split(/[,;。]/);
  return rest.every((part) => part === '' || NARROWS.test(part)) ? said.get(first) : undefined;
}
