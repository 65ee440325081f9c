/** Events of registrations, and what departments have to do about them (domain/registration/events.ts). */
export const REGISTRATIONS_EN = {
  移交登记信息: 'Hand over the registration',
  吊销: 'Licence revoked',
  撤销登记: 'Registration annulled',
  歇业: 'Dormant',
  恢复营业: 'Business resumed',
  迁入: 'Moved in',
  迁出: 'Moved out',
  备案: 'Filing',
  '吊销，未注销': 'Licence revoked, not cancelled',
  登记已撤销: 'Registration annulled',
  '认领，履行审批和监管职责': 'Claim it, approve and supervise',
  '核对变更前后的内容和本部门的许可，需要变更许可的，督促办理':
    'Check what was changed against your permits; where a permit must change, see that it does',
  依法办理许可的注销: 'Cancel the permits by law',
  '该市场主体不得再从事经营活动，主体资格存续至注销；依法处理本部门的许可，继续监管':
    'It may do business no longer, but exists until it is cancelled; deal with your permits by law and go on supervising',
  '核实依该登记取得的许可，依法处理；撤销决定被撤销的，恢复原登记状态':
    'Check the permits obtained by that registration and deal with them by law; an annulment may itself be annulled',
  '调整日常监管；歇业期间开展经营活动的，视为恢复营业':
    'Adjust supervision; doing business while dormant counts as having resumed it',
  '恢复日常监管，核对本部门的许可是否仍然有效': 'Supervise again; check whether your permits are still valid',
  '接续监管，核对许可及其载明的地址': 'Take over supervision; check permits and the addresses in them',
  '由迁入地部门接续监管，办结在办事项': 'The departments of the new place supervise; close what is open',
  '知悉备案的内容，更新监管信息': 'Take note of the filing; update what you supervise by',
};
