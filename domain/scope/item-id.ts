/** Numbers of items and measures: a province's own, in any writing. */
import { plainText } from '../fields.ts';

/** Characters. */
export const LONGEST_ITEM_ID = 50;

/** Free, but for what could not be told apart where several numbers stand in one line. */
export const itemIdField = (field: string) =>
  plainText(field)
    .min(1, `缺少${field}，请填写`)
    .max(LONGEST_ITEM_ID, `${field}不得超过${LONGEST_ITEM_ID}字`)
    .regex(/^[^\s;；、,，~"]*$/u, `${field}不得含有空格、引号、顿号、逗号、分号和“~”`)
    .describe(field);
