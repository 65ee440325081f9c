/** Proposals of reference data: stored, decided on by a second person, and brought into force in one transaction. */
import { createHash } from 'node:crypto';
import { and, desc, eq, getTableColumns, inArray, lt, sql } from 'drizzle-orm';
import { Refusal } from '../../domain/errors.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { applied, type Content } from '../../domain/reference-data/content.ts';
import { countsOf, differenceOf, type Difference } from '../../domain/reference-data/difference.ts';
import type { Noun } from '../../domain/reference-data/nouns.ts';
import { PROPOSAL_DECISIONS, PROPOSAL_STATES, type ProposalDecision } from '../../domain/reference-data/proposal.ts';
import type { ReferenceData } from '../../domain/reference.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { departments, referenceProposals, regions, sectors } from '../schema.ts';
import { change, insertCatalogue, insertMeasures, tellEntriesOf, type Change, type ReferenceDeps } from './changes.ts';
import { loadReferenceData } from './reference.ts';

type Proposal = typeof referenceProposals.$inferSelect;
type NewProposal = Pick<
  typeof referenceProposals.$inferInsert,
  'noun' | 'version' | 'filename' | 'content' | 'difference' | 'effect' | 'reason'
>;

const { content: _, difference: __, effect: ___, digest: ____, ...LISTED } = getTableColumns(referenceProposals);

/**
 * Stores what an administrator proposes. The same content against the same data is one proposal as long as nobody has decided.
 * @returns the proposal's id.
 */
export async function propose({ db, clock }: ReferenceDeps, actor: Actor, proposal: NewProposal): Promise<number> {
  const { noun, version = null, content, difference } = proposal;
  const digest = digestOf([noun, version, content, difference]);
  const row = { ...proposal, digest, counts: countsOf(difference), proposedBy: actor.username };
  const isOpen = and(
    eq(referenceProposals.noun, noun),
    eq(referenceProposals.digest, digest),
    eq(referenceProposals.state, 'proposed'),
  );
  return db.transaction(async (tx) => {
    // Decisions take the same lock, so that none comes between.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('reference'))`);
    const [known] = await tx.select({ id: referenceProposals.id }).from(referenceProposals).where(isOpen);
    if (known) return known.id;
    const proposedAt = clock.legal(Date.now());
    const [stored] = await tx
      .insert(referenceProposals)
      .values({ ...row, proposedAt })
      .returning({ id: referenceProposals.id });
    return stored!.id;
  });
}

/** Whatever the order of keys: PostgreSQL keeps its own. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(stableText(value)).digest('hex');
}

const stableText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** The newest first. */
export function listProposals(db: Database, { before, limit }: { before?: number; limit: number }) {
  return db
    .select(LISTED)
    .from(referenceProposals)
    .where(before === undefined ? undefined : lt(referenceProposals.id, before))
    .orderBy(desc(referenceProposals.id))
    .limit(limit);
}

/** @throws Refusal resource.not-found */
export async function findProposal(db: Executor, id: number): Promise<Proposal> {
  const [found] = await db.select().from(referenceProposals).where(eq(referenceProposals.id, id));
  if (!found) throw new Refusal('resource.not-found', '没有这一提案', { remedy: '请核对提案编号' });
  return found;
}

/**
 * Approves or refuses. What is approved is in force when this returns, for all that comes afterwards; the same decision of the same
 * person again changes nothing.
 * @throws Refusal resource.not-found, proposal.own, proposal.decided, proposal.overtaken, catalogue.version-taken
 */
export async function decideProposal(
  deps: ReferenceDeps,
  actor: Actor,
  id: number,
  { decision, reason }: { decision: ProposalDecision; reason: string },
): Promise<void> {
  const isOvertaken = await change(deps, actor, async (tx, at): Promise<[boolean, Change | null]> => {
    const proposal = await findProposal(tx, id);
    refuseDecision(proposal, actor, decision);
    if (proposal.state !== 'proposed') return [false, null];
    const decided = (state: Proposal['state']) =>
      tx
        .update(referenceProposals)
        .set({ state, decidedBy: actor.username, decidedAt: at, decisionReason: reason })
        .where(eq(referenceProposals.id, id));
    if (decision === 'refuse') {
      await decided(PROPOSAL_DECISIONS[decision]);
      return [false, null];
    }
    const data = await loadReferenceData(tx);
    const will = applied(data, proposal.content, at);
    const difference = differenceOf(data, will);
    if (stableText(difference) !== stableText(proposal.difference) || !areNamesUnique(will)) {
      await decided('overtaken');
      return [true, null];
    }
    await write(tx, will, proposal.content, difference);
    await decided(PROPOSAL_DECISIONS[decision]);
    return [false, changeOf(proposal, data, reason)];
  });
  if (isOvertaken) {
    throw new Refusal('proposal.overtaken', '提案之后，它所依据的数据已经变更，提案不再适用', {
      remedy: '请重新上传文件，核对与现行数据的差异后再行提案',
    });
  }
}

function refuseDecision({ proposedBy, decidedBy, state }: Proposal, actor: Actor, decision: ProposalDecision): void {
  if (proposedBy === actor.username) {
    throw new Refusal('proposal.own', '这是您本人的提案，须由另一名省级平台管理员决定', {
      remedy: '请由另一名省级平台管理员登录后办理',
      article: '第十九条第一款',
    });
  }
  const isRepeated = state === PROPOSAL_DECISIONS[decision] && decidedBy === actor.username;
  if (state === 'proposed' || isRepeated) return;
  throw new Refusal('proposal.decided', `提案已由${decidedBy ?? '系统'}办理，现为“${PROPOSAL_STATES[state]}”`, {
    remedy: '请刷新后查看；仍须变更的，请重新提案',
  });
}

/** Two proposals may each name a sector that nobody had when they were made. */
const areNamesUnique = ({ sectors: all }: ReferenceData): boolean =>
  new Set(all.map(({ name }) => name)).size === all.length;

const SUBJECTS = {
  sectors: 'sectors',
  regions: 'regions',
  departments: 'departments',
  catalogue: 'catalogue',
  'sanction-measures': 'measures',
} as const satisfies Record<Noun, Change['subject']>;

function changeOf(
  { id, noun, version, counts, proposedBy, reason: ground, filename }: Proposal,
  data: ReferenceData,
  reason: string,
): Change {
  const replaced = { catalogue: data.catalogue.version, 'sanction-measures': data.measures.version };
  const before = noun === 'catalogue' || noun === 'sanction-measures' ? { version: replaced[noun] } : null;
  const after = { ...(version && { version }), ...counts, proposal: id, proposedBy, ...(filename && { filename }) };
  return { subject: SUBJECTS[noun], key: version ?? String(id), before, after, reason: `${ground}（审批：${reason}）` };
}

/** Rows that stay as they are are not written. */
async function write(tx: Executor, will: ReferenceData, content: Content, difference: Difference): Promise<void> {
  if (content.noun === 'catalogue') return insertCatalogue(tx, content.catalogue);
  if (content.noun === 'sanction-measures') return insertMeasures(tx, content.measures);
  const touched = (of: Noun) => new Set(difference.flatMap((entry) => (entry.of === of ? [entry.key] : [])));
  const [ofSectors, ofRegions, ofDepartments] = [touched('sectors'), touched('regions'), touched('departments')];
  for (const rows of chunksOf(will.sectors.filter(({ id }) => ofSectors.has(id)))) {
    const set = { name: excluded('name'), levels: excluded('levels'), basis: excluded('basis') };
    await tx.insert(sectors).values(rows).onConflictDoUpdate({ target: sectors.id, set });
  }
  for (const rows of chunksOf(will.regions.filter(({ code }) => ofRegions.has(code)))) {
    await tx
      .insert(regions)
      .values(rows)
      .onConflictDoUpdate({ target: regions.code, set: { name: excluded('name') } });
  }
  const changed = will.departments.filter(({ code }) => ofDepartments.has(code));
  const retired = await inOffice(
    tx,
    changed.flatMap(({ code, retiredAt }) => (retiredAt ? [code] : [])),
  );
  for (const rows of chunksOf(changed)) {
    const set = { name: excluded('name'), retiredAt: excluded('retired_at') };
    await tx.insert(departments).values(rows).onConflictDoUpdate({ target: departments.code, set });
  }
  await tellEntriesOf(tx, retired);
}

const excluded = (column: string) => sql.raw(`excluded.${column}`);

/** Which of them are not retired yet. */
async function inOffice(tx: Executor, codes: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const some of chunksOf(codes)) {
    const rows = await tx
      .select({ code: departments.code })
      .from(departments)
      .where(and(inArray(departments.code, some), sql`${departments.retiredAt} is null`));
    found.push(...rows.map(({ code }) => code));
  }
  return found;
}
