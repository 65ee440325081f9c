/** The parts of a notice's text. Every notice names its article, so that the reader can check its legal basis. */
import type { Limit } from '../clock/limits.ts';

export type Urgency = 'info' | 'reminder' | 'breach' | 'supervision';

/** The facts that a notice's text may name. */
export interface NoticeFacts {
  enterpriseName: string;
  /** Null for a trader without a credit code. */
  uscc: string | null;
  departmentName: string | null;
  dueDate: string | null;
  /** 解除限制: the retired department in whose place the holder lifts. */
  inPlaceOf?: string | undefined;
  /** 反馈: the answer's title. */
  outcome?: string;
  /** 通报批评: the text that is circulated. */
  criticism?: { text: string; documentNo?: string };
}

export interface Wording {
  urgency: Urgency;
  /** The article; for 中止 and 延期 a function that finds it in the row of the limit that they concern. */
  article: string | ((limit: Limit) => string | undefined);
  title: (f: NoticeFacts) => string;
  body: (f: NoticeFacts) => string;
}

export const bySuspension = ({ suspension }: Limit) => suspension?.article;
export const byExtension = ({ extension }: Limit) => extension?.article;

export const enterprise = (f: NoticeFacts) => `${f.enterpriseName}（${f.uscc ?? '无统一社会信用代码'}）`;
export const criticism = (f: NoticeFacts) =>
  f.criticism ? `${f.criticism.documentNo ? `（${f.criticism.documentNo}）` : ''}：${f.criticism.text}` : '。';
export const until = (f: NoticeFacts) => (f.dueDate ? `，请于${f.dueDate}（含当日）前办理` : '');
