/** What an entry of the audit log is about that was written before a case existed, by the beginning of its id. */
export const ACCEPTED: Record<string, string> = {
  registration: '登记信息',
  record: '归集的信息',
  report: '收到的反映',
};
