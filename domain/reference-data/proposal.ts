/**
 * 提案: reference data are changed by two persons. One proposes a file with its ground; another administrator of the province
 * decides. Nothing is in force before, and nothing after takes effect in the past.
 */
export const PROPOSAL_STATES = {
  proposed: '待审批',
  approved: '已生效',
  refused: '不予同意',
  overtaken: '已被其他变更取代',
} as const;

export type ProposalState = keyof typeof PROPOSAL_STATES;

/** What a second person decides. */
export const PROPOSAL_DECISIONS = { approve: 'approved', refuse: 'refused' } as const satisfies Record<
  string,
  ProposalState
>;

export type ProposalDecision = keyof typeof PROPOSAL_DECISIONS;
