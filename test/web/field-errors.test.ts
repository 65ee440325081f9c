/** Errors are shown at the fields that they are about, also those with nested names. */
import { expect, it } from 'vitest';
import { placed, serverErrors } from '../../web/src/forms/field-errors.ts';

const told = serverErrors([
  { path: '/changes/0/after', message: '变更后内容不得超过20000字，请更正' },
  { path: '/changes/3/item', message: '缺少变更事项，请填写' },
  { path: '/documentNo', message: '缺少文书号，请填写' },
]);

it('a list’s errors are shown at the list, each once', () => {
  const found = placed([...told, ...told], ['documentNo', 'changes']);
  expect(Object.fromEntries(found)).toEqual({
    changes: ['变更后内容不得超过20000字，请更正', '缺少变更事项，请填写'],
    documentNo: ['缺少文书号，请填写'],
  });
});

it('a form that asks a part as a field of its own shows it there', () => {
  const nameOf = ([outer, inner]: readonly string[]) => (outer === 'changes' ? `changed:${inner}` : outer);
  const errors = serverErrors([{ path: '/changes/content', message: '许可内容不得公示' }]);
  expect([...placed(errors, ['content', 'changed:content'], nameOf)]).toEqual([
    ['changed:content', ['许可内容不得公示']],
  ]);
});

it('what the form does not ask is shown where it is said, or left to the alert', () => {
  expect([...placed(told, ['documentNo'])].map(([name]) => name)).toEqual(['documentNo']);
  expect([...placed(told, ['documentNo', 'reason'], undefined, 'reason')].map(([name]) => name)).toEqual([
    'reason',
    'documentNo',
  ]);
});
