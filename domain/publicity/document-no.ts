/** 文书号, of a record or of what happened to it. */
import { publicText } from './public-text.ts';

/** At most 255 characters, as many as Temporal's search attribute CaseNo holds. */
export const documentNoField = (field = '文书号') =>
  publicText(field, 255).refine((value) => !/[\t\r\n]/.test(value), `${field}不得含有换行或制表符，请删除`);
