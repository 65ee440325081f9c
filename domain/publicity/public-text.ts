/** The one check of every text that is published under an enterprise's name. */
import { text } from '../fields.ts';

/** A text to be published: it must not contain a citizen's number. @param missing what is said where there is none. */
export const publicText = (field: string, max: number, missing = `缺少${field}，请填写`) =>
  text(field, missing, '不得公示').min(1, missing).max(max, `${field}不得超过${max}字，请更正`).describe(field);

/** A text to be published that a person must write in a form. */
export const requiredPublicText = (field: string, max: number) => publicText(field, max, `请填写${field}`);
