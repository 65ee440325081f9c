/** 审批部门不明确 (第七条第二款): the register names 许可项目 that the catalogue does not know. */
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hasUnexplainedPermits } from '../../domain/scope/permit-sections.ts';
import { reference } from '../support/reference.ts';

const isUnclear = (scope: string) => hasUnexplainedPermits(scope, reference.match(scope).hits);

describe('unclear', () => {
  test.each([
    '许可项目：星际航行服务。',
    '许可经营项目:星际航行服务',
    '许可项目 ： 星际航行服务（依法须经批准的项目，经相关部门批准后方可开展经营活动）',
    '后置许可项目：星际航行服务。',
    '一般项目：农药零售。许可项目：星际航行服务。',
    '许可项目：星际航行服务一般项目：农药零售',
    '许可项目：农药零售。一般项目：日用百货。许可项目：星际航行服务',
  ])('%s', (scope) => expect(isUnclear(scope)).toBe(true));
});

describe('not unclear', () => {
  test.each([
    ['items explain it', '许可项目：农药零售。一般项目：星际航行服务。'],
    ['there is no such section', '一般项目：星际航行服务。'],
    ['nothing stands in it', '许可项目：。一般项目：星际航行服务。'],
    ['it says that there is nothing', '许可项目：无。一般项目：星际航行服务。'],
    ['only boilerplate stands in it', '许可项目：（依法须经批准的项目，经相关部门批准后方可开展经营活动）'],
    ['the approval was given before the registration', '前置许可项目：星际航行服务。'],
    ['the words are no heading', '许可项目咨询服务；经营许可项目代办'],
    ['the scope is empty', ''],
  ])('%s', (_, scope) => expect(isUnclear(scope)).toBe(false));
});

it('takes any text, and time in proportion to its length', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (scope) => typeof isUnclear(scope) === 'boolean'));
  expect(hasUnexplainedPermits('许可项目：航（'.repeat(4000), [])).toBe(true);
});
