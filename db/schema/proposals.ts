/** 提案 of reference data: proposed by one administrator, decided on by another (domain/reference-data/proposal.ts). */
import { sql } from 'drizzle-orm';
import { bigserial, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Content } from '../../domain/reference-data/content.ts';
import type { Difference, DifferenceCounts } from '../../domain/reference-data/difference.ts';
import type { Effect } from '../../domain/reference-data/effect.ts';
import type { Noun } from '../../domain/reference-data/nouns.ts';
import type { ProposalState } from '../../domain/reference-data/proposal.ts';
import { instant } from './columns.ts';

/** Only the decision is ever added (trigger `keep_proposal`). */
export const referenceProposals = pgTable(
  'reference_proposals',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    noun: text('noun').$type<Noun>().notNull(),
    /** Of content, version and the difference it makes: the same file against the same data is the same proposal. */
    digest: text('digest').notNull(),
    /** The edition of a catalogue; null where the noun has none. */
    version: text('version'),
    filename: text('filename'),
    content: jsonb('content').$type<Content>().notNull(),
    counts: jsonb('counts').$type<DifferenceCounts>().notNull(),
    difference: jsonb('difference').$type<Difference>().notNull(),
    /** What the pushes of the last registrations would have been; null where the noun changes none. */
    effect: jsonb('effect').$type<Effect>(),
    reason: text('reason').notNull(),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    state: text('state').$type<ProposalState>().notNull().default('proposed'),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    decisionReason: text('decision_reason'),
  },
  (t) => [
    uniqueIndex('reference_proposals_open')
      .on(t.noun, t.digest)
      .where(sql`state = 'proposed'`),
  ],
);
