/** What is answered of a difference, an effect and a proposal. */
import { z } from 'zod';
import { DIFFERENCES, type Difference } from '../../domain/reference-data/difference.ts';
import type { Effect } from '../../domain/reference-data/effect.ts';
import { NOUNS } from '../../domain/reference-data/nouns.ts';
import { PROPOSAL_STATES } from '../../domain/reference-data/proposal.ts';
import { keysOf } from '../../domain/keys.ts';
import type { listProposals } from '../../db/reference/proposals.ts';
import type { TableRow } from '../http/table.ts';
import { REFERENCE_FILES } from './files.ts';

/** Entries in an answer; all of them are in the table to download. */
const ENTRIES_SHOWN = 200;

export const nounCode = z.enum(keysOf(NOUNS)).meta({ id: 'ReferenceNoun' });

export const countsSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  retired: z.number().int().describe('撤销的部门，新版不再列出的事项或者措施'),
});

export const differenceSchema = z
  .object({
    entries: z.array(
      z.object({
        of: nounCode,
        kind: z.enum(keysOf(DIFFERENCES)),
        key: z.string(),
        name: z.string(),
        fields: z.array(z.object({ field: z.string().describe('列名'), before: z.string(), after: z.string() })),
      }),
    ),
    leftOff: z.number().int().describe('没有列出的变更数；全部的见差异表'),
  })
  .meta({ id: 'ReferenceDifference' });

const told = z.object({
  departments: z.record(z.string(), z.array(z.string())).describe('部门代码及其事项'),
  isPooled: z.boolean().describe('审批部门不明确，进入公示认领'),
});

export const effectSchema = z
  .object({
    compared: z.number().int().describe('比较的登记数'),
    changed: z.number().int().describe('其中推送会不同的：部门不同，或者事项（编号）不同'),
    redirected: z.number().int().describe('其中推送给其他部门的'),
    departments: z.array(
      z.object({ code: z.string(), name: z.string(), more: z.number().int(), fewer: z.number().int() }),
    ),
    departmentsLeftOff: z.number().int(),
    examples: z.array(
      z.object({ registrationNo: z.string(), name: z.string(), regionCode: z.string(), before: told, after: told }),
    ),
    isComplete: z.boolean().describe('false：时间所限，没有比较完'),
  })
  .meta({ id: 'ReferenceEffect' });

export const viewDifference = (difference: Difference): z.output<typeof differenceSchema> => ({
  entries: difference.slice(0, ENTRIES_SHOWN).map((entry) => ({
    ...entry,
    fields: entry.fields.map(({ field, before, after }) => ({ field: titleOf(entry.of, field), before, after })),
  })),
  leftOff: Math.max(0, difference.length - ENTRIES_SHOWN),
});

export const viewEffect = (effect: Effect | null): z.output<typeof effectSchema> | null => effect;

/** The further qualifiers of an item have the numbers of their rows behind the field. */
function titleOf(of: Difference[number]['of'], field: string): string {
  const [name = '', number] = field.split(' ');
  const title = REFERENCE_FILES[of].titles[name] ?? name;
  return number === undefined ? title : `${title}（第${number}行）`;
}

export const proposalSchema = z
  .object({
    id: z.number().int(),
    noun: nounCode,
    version: z.string().nullable(),
    filename: z.string().nullable(),
    counts: countsSchema,
    reason: z.string(),
    proposedBy: z.string(),
    proposedAt: z.iso.datetime(),
    state: z.enum(keysOf(PROPOSAL_STATES)),
    decidedBy: z.string().nullable(),
    decidedAt: z.iso.datetime().nullable(),
    decisionReason: z.string().nullable(),
  })
  .meta({ id: 'ReferenceProposal' });

type Listed = Awaited<ReturnType<typeof listProposals>>[number];

export function viewProposal(row: Listed): z.output<typeof proposalSchema> {
  const { id, noun, version, filename, counts, reason, proposedBy, state, decidedBy, decisionReason } = row;
  const { added, changed, retired } = counts;
  return {
    id,
    noun,
    version,
    filename,
    reason,
    proposedBy,
    state,
    decidedBy,
    decisionReason,
    counts: { added, changed, retired },
    proposedAt: row.proposedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

/** A row for each field that changes. */
export function* differenceRows(difference: Difference): Generator<TableRow> {
  yield ['表', '变更', '代码', '名称', '列', '现行', '提案'];
  for (const { of, kind, key, name, fields } of difference) {
    for (const { field, before, after } of fields) {
      yield [NOUNS[of].title, DIFFERENCES[kind], key, name, titleOf(of, field), before, after];
    }
  }
}
