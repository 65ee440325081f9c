/** What the API answers of files of reference data (api/reference-data/views.ts). */
import type { DifferenceCounts, DifferenceKind } from '../../../../domain/reference-data/difference.ts';
import type { Effect } from '../../../../domain/reference-data/effect.ts';
import type { Noun } from '../../../../domain/reference-data/nouns.ts';
import type { ProposalState } from '../../../../domain/reference-data/proposal.ts';

export interface Entry {
  of: Noun;
  kind: DifferenceKind;
  key: string;
  name: string;
  fields: { field: string; before: string; after: string }[];
}

export interface Shown {
  counts: DifferenceCounts;
  difference: { entries: Entry[]; leftOff: number };
  effect: Effect | null;
}

export interface Report extends Shown {
  noun: Noun;
  rows: number;
  rejected: number;
  faults: { line: number; path: string; message: string }[];
  importId: string | null;
  unreadColumns: string[];
  proposalId: number | null;
}

export interface Proposal {
  id: number;
  noun: Noun;
  version: string | null;
  filename: string | null;
  counts: DifferenceCounts;
  reason: string;
  proposedBy: string;
  proposedAt: string;
  state: ProposalState;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
}

export type ProposalDetail = Proposal & Shown;
