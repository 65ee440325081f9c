/** What a notice's words are made of. Every notice names its article, so that the reader can check the authority. */
import type { Limit } from '../clock/limits.ts';

export type Urgency = 'info' | 'reminder' | 'breach' | 'supervision';

/** What a notice's words are made of. */
export interface NoticeFacts {
  enterpriseName: string;
  uscc: string;
  departmentName: string | null;
  dueDate: string | null;
  /** 通报批评: what is circulated. */
  criticism?: { text: string; documentNo?: string };
}

export interface Wording {
  urgency: Urgency;
  /** 中止 and 延期 are granted by the article of the limit that they concern. */
  article: string | ((limit: Limit) => string | undefined);
  title: (f: NoticeFacts) => string;
  body: (f: NoticeFacts) => string;
}

export const bySuspension = ({ suspension }: Limit) => suspension?.article;
export const byExtension = ({ extension }: Limit) => extension?.article;

export const enterprise = (f: NoticeFacts) => `${f.enterpriseName}（${f.uscc}）`;
export const criticism = (f: NoticeFacts) =>
  f.criticism ? `${f.criticism.documentNo ? `（${f.criticism.documentNo}）` : ''}：${f.criticism.text}` : '。';
export const until = (f: NoticeFacts) => (f.dueDate ? `，请于${f.dueDate}（含当日）前办理` : '');
