/** The one check of every text that is published under an enterprise's name. */
import { text } from '../fields.ts';
import { hasCitizenId } from './citizen-id.ts';

/** A text to be published: it must not contain a citizen's number. */
export const publicText = (field: string, max: number) =>
  text(field)
    .min(1, `缺少${field}，请填写`)
    .max(max, `${field}不得超过${max}字，请更正`)
    .refine((value) => !hasCitizenId(value), `${field}含有公民身份号码，不得公示，请删除后重新提交`)
    .describe(field);
