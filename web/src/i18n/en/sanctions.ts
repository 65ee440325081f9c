/** 联合惩戒: what the pages of listings, notices and restrictions say. */
export const SANCTIONS_EN: Record<string, string> = {
  '受理后通知各有关部门采取限制措施；不接收自然人信息':
    'The departments concerned are notified; natural persons are not accepted',
  应当解除的限制措施: 'Restrictions to be lifted',
  已决定的限制: 'Restrictions decided',
  本部门没有采取限制措施: 'This department has restricted nothing',
};
