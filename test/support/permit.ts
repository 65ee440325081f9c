/** A permit as a department hands it in for publication: no more than it must have. Invented, with a valid credit code. */
export const PERMIT = {
  kind: 'permit',
  name: '天心区试验企业',
  uscc: '91350100M000100Y43',
  documentNo: '湘许〔2026〕1号',
  generatedOn: '2026-03-02',
  content: '餐饮服务',
  authority: '天心区市场监管主管部门',
};
