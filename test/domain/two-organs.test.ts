/** An item that concerns two organs: who approves, at which level, and who supervises (第七条第二款). */
import { describe, expect, it, test } from 'vitest';
import { firstStepOf } from '../../domain/case-types/first-steps.ts';
import {
  mannerOf,
  supervisors,
  toldOfAnswer,
  type RegistrationPushInput,
} from '../../domain/case-types/registration-push/opening.ts';
import {
  isPublishedAtOnce,
  matchRegistration,
  planRegistrations,
} from '../../domain/case-types/registration-push/plan.ts';
import type { PoolEntryInput } from '../../domain/case-types/pool-entry/opening.ts';
import type { Reference } from '../../domain/reference.ts';
import type { HeldPush } from '../../domain/registration/changes.ts';
import { registrationInputSchema } from '../../domain/registration/registration.ts';
import { COUNTY, files, NOW, reference, TODAY, USCC, without } from '../support/reference.ts';

function planned(scope: string, { by = reference, held = [], ...more }: Asked = {}) {
  const base = { registrationNo: '登记-1', uscc: USCC, name: '天心区商行', regionCode: COUNTY, event: 'establish' };
  const input = registrationInputSchema.parse({ ...base, scope, ...more });
  const matched = matchRegistration(by, input, TODAY);
  const [plan] = planRegistrations(by, [matched], new Map([[USCC, held]]), NOW);
  const inputs = plan!.starts.map((start) => start.input as RegistrationPushInput & PoolEntryInput);
  return { plan: plan!, inputs, matched };
}
interface Asked {
  by?: Reference;
  held?: HeldPush[];
  regionCode?: string;
  event?: string;
}

/** Holder, items and supervising organs of each push. */
const pushes = (scope: string, asked: Asked = {}) =>
  planned(scope, asked).inputs.map(({ departmentCode, itemIds, supervisedBy = [], modes = {} }) => ({
    departmentCode,
    itemIds,
    supervisedBy,
    modes,
  }));

describe('the organ that approves', () => {
  test.each([
    ['of the province', '药品生产', '430000-drug', ['430103-drug']],
    ['of the prefecture', '第三类医疗器械经营', '430100-drug', ['430103-drug']],
    ['of the county', '烟花爆竹零售', '430103-emergency', ['430103-public-security']],
    ['of the registration’s own level', '农药零售', '430103-agriculture', []],
  ])('%s is pushed to, and the organ of the place that supervises receives', (_, scope, holder, supervisedBy) => {
    expect(pushes(scope)).toEqual([expect.objectContaining({ departmentCode: holder, supervisedBy })]);
  });

  it('is that of the registration where this is registered above it, or itself at the level', () => {
    expect(pushes('烟花爆竹零售', { regionCode: '430100' })).toEqual([
      expect.objectContaining({ departmentCode: '430100-emergency', supervisedBy: ['430100-public-security'] }),
    ]);
    expect(pushes('药品生产', { regionCode: '430000' })).toEqual([
      expect.objectContaining({ departmentCode: '430000-drug', supervisedBy: [] }),
    ]);
  });

  it('is looked for above where its level has none, and published to be claimed where nobody has it', () => {
    const noPrefecture = without((code) => (code === '430100-drug' ? 'retired' : 'kept'));
    const { matched } = planned('第三类医疗器械经营', { by: noPrefecture });
    expect(matched.hits[0]).toMatchObject({ departmentCode: '430000-drug', tried: ['430100-drug'] });
    const noProvince = without((code) => (code === '430000-drug' ? 'gone' : 'kept'));
    const { plan, inputs } = planned('药品生产', { by: noProvince });
    expect(plan.starts.map(({ workflow }) => workflow)).toEqual(['poolEntry']);
    // The county's organ supervises whoever claims it.
    expect(inputs[0]).toMatchObject({ itemIds: ['PA037', 'PA090'], supervisedBy: ['430103-drug'] });
  });
});

describe('the organ that supervises', () => {
  it('is of another sector where the law names one', () => {
    expect(pushes('互联网上网服务')).toEqual([
      expect.objectContaining({
        departmentCode: '430103-culture-tourism',
        itemIds: ['PA005'],
        supervisedBy: ['430103-public-security'],
      }),
    ]);
  });

  it('is looked for above, and is nobody where no level has one', () => {
    const noCounty = without((code) => (code === '430103-public-security' ? 'retired' : 'kept'));
    expect(pushes('互联网上网服务', { by: noCounty })[0]!.supervisedBy).toEqual(['430100-public-security']);
    const nobody = without((code) => (code.endsWith('-public-security') ? 'gone' : 'kept'));
    expect(pushes('互联网上网服务', { by: nobody })[0]!.supervisedBy).toEqual([]);
  });

  it('is told of what is removed as well', () => {
    const held: HeldPush[] = [
      { registrationNo: '登记-0', event: 'establish', departmentCode: '430103-culture-tourism', itemIds: ['PA005'] },
    ];
    const [push] = planned('日用品销售', { held, event: 'change' }).inputs;
    expect(push).toMatchObject({ removedItemIds: ['PA005'], supervisedBy: ['430103-public-security'] });
  });

  it('receives a notice at the opening and with the answer, and no limit; nobody is told of what he holds himself', () => {
    const [input] = planned('药品生产').inputs;
    const { notify, limits } = firstStepOf({ workflow: 'registrationPush', input }, NOW);
    expect(notify).toContainEqual({ topic: 'push.toSupervise', to: 'department:430103-drug' });
    expect(limits).toEqual(['registrationPush.claim', 'registrationPush.feedback']);
    expect(toldOfAnswer(input!, '430000-drug')).toEqual([{ topic: 'push.answered', to: 'department:430103-drug' }]);
    expect(toldOfAnswer(input!, '430103-drug')).toEqual([]);
    const ruled = { ...input!, departmentCode: '430103-drug' };
    const step = firstStepOf({ workflow: 'registrationPush', input: ruled }, NOW);
    expect(step.notify.map(({ topic }) => topic)).toEqual(['push.received']);
  });

  it('is unknown to cases of earlier commits', () => {
    expect(supervisors({}, '430103-drug')).toEqual([]);
    expect(mannerOf({})).toEqual({});
  });
});

describe('a qualifier of the scope', () => {
  it('makes the push one of a filing, as data of the push', () => {
    expect(pushes('食品销售（仅销售预包装食品）')).toEqual([
      {
        departmentCode: '430103-market-regulation',
        itemIds: ['PA002'],
        supervisedBy: [],
        modes: { PA002: ['filing'] },
      },
    ]);
    expect(planned('仅销售预包装食品').matched.items).toEqual(['PA002']);
  });

  it('beside a permit of the same item leaves both', () => {
    expect(pushes('第二类医疗器械销售；第三类医疗器械销售')).toEqual([
      expect.objectContaining({ departmentCode: '430100-drug', modes: { PA041: ['approval', 'filing'] } }),
    ]);
  });

  it('names the level of its own, where that is not the permit’s', () => {
    expect(pushes('第一类医疗器械生产；第二类医疗器械生产')).toEqual([
      expect.objectContaining({ departmentCode: '430100-drug', modes: { PA040: ['filing'] } }),
      expect.objectContaining({ departmentCode: '430000-drug', modes: {} }),
    ]);
  });

  it('that leaves nothing is pushed to nobody, is published, and stays among the hits', () => {
    const { plan, matched } = planned('一般项目：第一类医疗器械销售；软件开发');
    expect([plan.starts, plan.isPublished, isPublishedAtOnce(matched), matched.items]).toEqual([[], true, true, []]);
    expect(matched.hits).toEqual([
      expect.objectContaining({
        itemId: 'PA041',
        departmentCode: null,
        qualifier: expect.objectContaining({ effect: 'none', article: '第四条' }),
      }),
    ]);
    // It explains its section: what the register calls 许可项目 is no unclear approval.
    expect(planned('许可项目：第一类医疗器械销售').plan.starts).toEqual([]);
  });

  it('that a change brings takes the item away', () => {
    const held: HeldPush[] = [
      { registrationNo: '登记-0', event: 'establish', departmentCode: '430100-drug', itemIds: ['PA041'] },
    ];
    const [push] = planned('第一类医疗器械销售', { held, event: 'change' }).inputs;
    expect(push).toMatchObject({ departmentCode: '430100-drug', itemIds: [], removedItemIds: ['PA041'] });
    expect(push).not.toHaveProperty('modes');
  });
});

test('each item with a level or a supervising sector says by which law, and some department can be found for it', () => {
  const missing = files.catalogue.items.flatMap(({ id, sector, approvingLevel, supervisingSector, bases }) => {
    const routes = [
      ...(approvingLevel ? [reference.router.route(sector, COUNTY, approvingLevel)] : []),
      ...(supervisingSector ? [reference.router.route(supervisingSector, COUNTY)] : []),
    ];
    const isBased = (!approvingLevel || bases?.approvingLevel) && (!supervisingSector || bases?.supervisingSector);
    return isBased && routes.every((route) => route && !route.fallback) ? [] : [id];
  });
  expect(missing).toEqual([]);
});
