/** Facts that stay in the case's row: neither the workflow nor its history learns them (第十九条). */
export const KEPT_FACTS = ['matter', 'openedBy', 'measure', 'application'] as const;

export type KeptFacts = Partial<Record<(typeof KEPT_FACTS)[number], unknown>>;
