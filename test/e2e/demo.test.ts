/** What `npm run demo` tells, checked against the audit log and the inbox. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playAll } from '../../scripts/lib/demo/play.ts';
import { Story } from '../../scripts/lib/demo/story.ts';
import { Product } from '../support/product.ts';

interface Entry {
  action: string;
  actor: string;
  article: string;
}

describe('the demonstration', () => {
  let product: Product;
  let story: Story;
  let played: Awaited<ReturnType<typeof playAll>>;
  const told: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ secondsPerWorkingDay: 2 });
    story = new Story(product.url, (line) => told.push(line));
    played = await playAll(story);
  }, 240_000);
  afterAll(() => product.close());

  const audit = async (caseId: string) => {
    const path = `/api/v1/audit?limit=200&caseId=${encodeURIComponent(caseId)}`;
    const { items } = await story.get<{ items: Entry[] }>('shenji', path);
    // Whether a reminder falls due before the next step depends on the speed of the machine.
    const deeds = items.toReversed().filter(({ action }) => !action.startsWith('rung:due-'));
    return deeds.map(({ action, actor }) => `${action} ${actor}`);
  };
  const topics = async (as: string, caseId: string) => {
    const all = (await story.inbox(as, caseId)).map((notice) => notice.topic);
    return all.filter((topic) => !/:due-\d$/.test(topic));
  };

  it('a push: returned, ruled, pushed again, claimed, fed back', async () => {
    const { first, rollback, second } = played.registrationPush;
    expect(await audit(first)).toEqual(['open system', 'return weijian']);
    expect(await audit(rollback)).toEqual(['open system', 'rule dengji']);
    expect(await audit(second)).toEqual(['open system', 'claim nongye', 'feedBack nongye']);
    expect(await topics('weijian', first)).toEqual(['push.received']);
    expect(await topics('dengji', rollback)).toEqual(['rollback.received']);
    expect(await topics('dengji', second)).toEqual(['push.fedBack']);
  });

  it('a change and a cancellation: told to who was told before, and what was open ends', async () => {
    const { first, dropped, told: departments, cancelledOn } = played.registrationEvents;
    // Nobody acted on it meanwhile: on a slow machine it may have become late.
    const ended = (await audit(first)).filter((entry) => !entry.startsWith('rung:'));
    expect(ended).toEqual(['open system', 'lapse system']);
    expect(await audit(dropped)).toEqual(['open system', 'claim nongye', 'feedBack nongye']);
    expect(await topics('nongye', first)).toEqual(expect.arrayContaining(['push.received', 'registration.lapsed']));
    expect(await topics('nongye', dropped)).toContain('push.changed');
    expect(departments).toHaveLength(2);
    const farm = departments.find((caseId) => caseId.includes('agriculture'))!;
    expect(await topics('nongye', farm)).toContain('push.cancelled');
    expect(cancelledOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('a pool entry: the first claimant owes the feedback', async () => {
    const { entry, push } = played.poolEntry;
    expect(await audit(entry)).toEqual(['open system', 'claim weijian']);
    expect(await audit(push)).toEqual(['open system', 'feedBack weijian']);
    expect(await topics('dengji', entry)).toEqual(['pool.claimed']);
  });

  it('no approval touched: published, and the first claimant owes the feedback (第七条第二款)', async () => {
    const { registrationNo, push } = played.published;
    expect(await audit(`registration~${registrationNo}`)).toEqual(['accept dengji']);
    expect(await audit(push)).toEqual(['claimPublished shichang', 'open system', 'feedBack shichang']);
    expect(await topics('dengji', push)).toEqual(expect.arrayContaining(['pool.claimed', 'push.fedBack']));
  });

  it('a limit: suspended, resumed, extended by a second person', async () => {
    const { caseId } = played.terms;
    expect(await audit(caseId)).toEqual([
      'open system',
      'claim nongye',
      'requestSuspension nongye',
      'suspend nongye-lead',
      'resume nongye',
      'requestExtension nongye',
      'approveExtension nongye-lead',
      'followUp nongye',
      'declareDecision nongye',
      'feedBack nongye',
    ]);
    expect(await topics('nongye', caseId)).toEqual(
      expect.arrayContaining(['extension.requested', 'extension.approved']),
    );
    expect(await topics('ducha', caseId)).toContain('limit.suspended');
  });

  it('a listing: restricted by one department, declined by another, repaired and lifted', async () => {
    const { listing, notice, declined, lifting, uscc } = played.sanction;
    expect(await audit(notice)).toEqual([
      'open system',
      'fetch nongye',
      'decide nongye',
      'execute nongye',
      'feedBack nongye',
    ]);
    expect(await audit(declined)).toEqual(['open system', 'fetch weijian', 'decline weijian']);
    expect(await audit(lifting)).toEqual(['open system', 'confirm nongye']);
    expect((await audit(listing)).slice(0, 4)).toEqual([
      'acceptListing dengji',
      'open system',
      'recordTerm system',
      'remove dengji',
    ]);
    expect(await topics('nongye', notice)).toEqual(['sanction.sent']);
    expect(await topics('nongye', lifting)).toEqual(['lifting.ordered']);
    expect(await topics('dengji', declined)).toEqual(expect.arrayContaining(['sanction.declined']));
    const restrictions = await story.get('shenji', `/api/v1/enterprises/${uscc}/restrictions`);
    expect(restrictions).toEqual({ uscc, restricted: false, items: [] });
  });

  it('a penalty: handed over late, returned, corrected, published in its second version', async () => {
    const { publication, shown, attribution } = played.publication;
    expect(await audit(publication)).toEqual([
      'open system',
      'rung:due system',
      'return dengji',
      'resubmit nongye',
      'publish dengji',
    ]);
    expect(await topics('dengji', publication)).toEqual(
      expect.arrayContaining(['publication.received', 'publication.resubmitted']),
    );
    expect(await topics('nongye', publication)).toEqual(
      expect.arrayContaining(['publication.submission:due', 'publication.returned', 'publication.published']),
    );
    expect(shown).toMatchObject([{ title: '行政处罚信息', records: [{ version: 2 }] }]);
    expect(attribution.department + attribution.platform).toBe(attribution.total);
    expect(attribution.department).toBeGreaterThan(7);
  });

  it('a correction: reported by a citizen, reviewed by a second person, carried out, and the recipients told', async () => {
    const { publication, correction, refusal, progress } = played.correction;
    expect(await audit(publication)).toEqual(['open system', 'publish dengji']);
    expect(refusal).toBe('review.same-person');
    expect(await audit(correction)).toEqual([
      'open system',
      'confirm nongye',
      'apply nongye-lead',
      'approve nongye-deputy',
      'execute admin',
    ]);
    expect(progress.stageTitle).toBe('已更正');
    for (const who of ['shichang', 'dengji']) expect(await topics(who, correction)).toEqual(['correction.executed']);
  });

  it('a complaint: reported by a citizen, transferred, looked into, answered under its receipt', async () => {
    const { complaints, progress } = played.complaint;
    const deeds = await Promise.all(complaints.map(audit));
    expect(deeds).toEqual([
      ['open system', 'transfer shichang'],
      ['open system', 'accept nongye', 'handle nongye'],
    ]);
    expect(await topics('nongye', complaints[1]!)).toEqual(['complaint.received']);
    expect(progress).toMatchObject({ stageTitle: '已办结', reply: '经现场核查属实，已责令改正' });
    expect(progress.steps.map(({ title }) => title)).toEqual(['收到举报', '移送其他部门', '受理', '办结答复']);
  });

  it('neglect: reminded, breached, supervised, rectified, criticised, closed', async () => {
    const { push, supervision } = played.supervision;
    const rungs = (await audit(push)).filter(
      (entry) => entry.includes('registrationPush') || entry.startsWith('rung:'),
    );
    expect(rungs.filter((entry) => entry === 'rung:due system')).toHaveLength(1);
    const deeds = (await audit(supervision)).filter((entry) => !entry.startsWith('rung:'));
    expect(deeds).toEqual([
      'open system',
      'accept nongye-lead',
      'reply nongye-lead',
      'orderRectification ducha',
      'proposeCriticism ducha',
      'endHearing system',
      'criticise zhengfu',
      'reportRectification nongye-lead',
      'close ducha',
    ]);
    expect(await topics('ducha', push)).toContain('registrationPush.feedback:due+3');
  });

  it('a closure: every running limit that counts the day moves, and says so', async () => {
    const { push, before, after, rollout } = played.calendar;
    expect(after > before).toBe(true);
    expect(rollout.remaining).toBe(0);
    expect(await audit(push)).toContain('deadline.reprojected system');
    expect(await topics('nongye', push)).toContain('registrationPush.feedback:moved');
  });

  it('is told in words: who, what, by which article, due when', () => {
    const text = told.join('\n');
    for (const phrase of ['天心区农业农村经办人', '第七条第三款', '法定期限', '办理时限', '届满', '不予办理', '审计']) {
      expect(text).toContain(phrase);
    }
    expect(text).not.toMatch(/undefined|\[object/);
  });
});
