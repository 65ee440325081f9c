/** Fields that registrations, records and listings share: what is read as the same, and what is refused in which words. */
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import {
  canonicalText,
  choice,
  day,
  labelled,
  nameField,
  optional,
  optionalText,
  requiredText,
  text,
  usccField,
} from '../../domain/fields.ts';

const readBy = (schema: z.ZodType, value: unknown) => {
  const { success, data, error } = schema.safeParse(value);
  return success ? data : error.issues.map(({ message }) => message);
};
const refused = (...messages: string[]) => messages;

describe('a day', () => {
  const by = (value: unknown) => readBy(day('登记日期'), value);

  test.each([
    ['2026-02-03', '2026-02-03'],
    ['2026-2-3', '2026-02-03'],
    ['2026/2/3', '2026-02-03'],
    ['2026.02.3', '2026-02-03'],
    ['2026年2月3日', '2026-02-03'],
    ['2026年02月13', '2026-02-13'],
    ['20260203', '2026-02-03'],
    [' 20261203 ', '2026-12-03'],
    [' 2026/12/13 ', '2026-12-13'],
    ['2026-02-03 00:00:00', '2026-02-03'],
    ['2026-02-03 0:00', '2026-02-03'],
    ['2026-02-03T00:00:00', '2026-02-03'],
    ['2026-02-03 00:00:00.000', '2026-02-03'],
    ['2026/2/3 0:00:00', '2026-02-03'],
    ['1900-01-01', '1900-01-01'],
  ])('%s is read as %s', (written, read) => {
    expect(by(written)).toBe(read);
  });

  test.each([
    ['2026-02-30'],
    ['2026-13-01'],
    ['02-03'],
    ['x2026-02-03'],
    ['12026-02-03'],
    ['2026-02-03x'],
    ['2026-02-031'],
    ['2026-02-03 00:00:00x'],
    ['2026-02-03 24:00'],
    ['2026-02-03 00:60'],
    ['2026-02-03_00:00'],
    ['2026~02-03'],
    ['2026-02~03'],
    ['202602031'],
    ['120260203'],
    ['2026020'],
    ['年月日'],
    [''],
  ])('%s is refused', (written) => {
    expect(by(written)).toEqual(refused('登记日期应为真实存在的日期，格式为 YYYY-MM-DD，请更正'));
  });

  it('of a year that was mistyped is refused in words of its own, and what is no text in others', () => {
    expect(by('1899-12-31')).toEqual(refused('登记日期的年份有误，请更正'));
    expect(by('0026-02-03')).toEqual(refused('登记日期的年份有误，请更正'));
    expect(by(20260203)).toEqual(refused('登记日期应为文字，格式为 YYYY-MM-DD'));
  });
});

describe('a code with its label', () => {
  const LABELS = { enterprise: '企业', individual: '个体工商户' };
  const kind = labelled(LABELS, '主体类型');

  test.each([
    ['enterprise', 'enterprise'],
    ['企业', 'enterprise'],
    [' 个体工商户 ', 'individual'],
    [' individual ', 'individual'],
  ])('%s', (written, read) => expect(readBy(kind, written)).toBe(read));

  test.each([['公司'], [''], [7], [null], [{}]])('%o is refused, with all that is allowed', (written) => {
    expect(readBy(kind, written)).toEqual(
      refused('主体类型应为企业（enterprise）、个体工商户（individual），请更正或留空'),
    );
  });

  it('says its own remedy where there is one', () => {
    expect(readBy(labelled(LABELS, '名单', '请更正'), '公司')).toEqual(
      refused('名单应为企业（enterprise）、个体工商户（individual），请更正'),
    );
  });

  it('is chosen in forms by its label, which its description carries', () => {
    const schema = choice('主体类型', LABELS);
    expect(readBy(schema, 'enterprise')).toBe('enterprise');
    expect(readBy(schema, '企业')).toEqual(refused('请选择主体类型'));
    expect(schema.meta()).toEqual({ description: '主体类型', 'x-labels': LABELS });
  });
});

describe('a text', () => {
  it('is trimmed; absent and blank are different errors from not a text', () => {
    const schema = text('住所');
    expect(readBy(schema, ' 芙蓉路1号\n')).toBe('芙蓉路1号');
    expect(readBy(schema, undefined)).toEqual(refused('缺少住所，请填写'));
    expect(readBy(schema, null)).toEqual(refused('缺少住所，请填写'));
    expect(readBy(schema, 7)).toEqual(refused('住所应为文字，请更正'));
    expect(readBy(text('住所', '没有住所'), undefined)).toEqual(refused('没有住所'));
  });

  test.each([['\0'], ['\u0007'], ['\u000B'], ['\u001F'], ['\u007F'], ['\uD800']])('with %j is refused', (mark) => {
    expect(readBy(text('住所'), `甲${mark}乙`)).toEqual(refused('住所含有控制字符，请删除后重新提交'));
  });

  it('may have tabs, line breaks and characters beyond the first plane', () => {
    expect(readBy(text('住所'), '甲\t乙\r\n𠮷')).toBe('甲\t乙\r\n𠮷');
  });

  it('that must be written is neither absent nor blank, and no longer than its limit', () => {
    const schema = requiredText('意见', 3);
    expect(readBy(schema, ' 属实吗 ')).toBe('属实吗');
    for (const missing of [undefined, null, '', ' ']) expect(readBy(schema, missing)).toEqual(refused('请填写意见'));
    expect(readBy(schema, '不属实吗')).toEqual(refused('意见不得超过3字'));
    expect(schema.description).toBe('意见');
  });

  it('that may be written is absent or no longer than its limit', () => {
    const schema = optionalText('说明', 3);
    expect(readBy(schema, undefined)).toBeUndefined();
    expect(readBy(schema, '好的吧')).toBe('好的吧');
    expect(readBy(schema, '很好的吧')).toEqual(refused('说明不得超过3字'));
    expect(readBy(schema, null)).toEqual(refused('说明应为文字，请更正'));
    expect(schema.description).toBe('说明');
  });

  it('of an empty cell is absent', () => {
    const schema = optional(text('说明'));
    for (const empty of [undefined, null, '', ' \t']) expect(readBy(schema, empty)).toBeUndefined();
    expect(readBy(schema, ' 有 ')).toBe('有');
    expect(readBy(schema, 0)).toEqual(refused('说明应为文字，请更正'));
  });
});

describe('the canonical text of a content', () => {
  it('is that of its fields by name, in whatever order they stand, without those that are absent', () => {
    expect(canonicalText({ b: 1, a10: 'x', a2: null, a: undefined })).toBe('[["a10","x"],["a2",null],["b",1]]');
  });
});

describe('a name', () => {
  it('has one to two hundred characters on one line', () => {
    expect(readBy(nameField(), ' 湖南某某有限公司 ')).toBe('湖南某某有限公司');
    expect(readBy(nameField(), '名'.repeat(200))).toBe('名'.repeat(200));
    expect(readBy(nameField(), '名'.repeat(201))).toEqual(refused('名称不得超过200字，请更正'));
    for (const missing of ['', ' ', undefined])
      expect(readBy(nameField(), missing)).toEqual(refused('缺少名称，请填写'));
    expect(nameField().description).toBe('经营主体（市场主体）名称');
  });

  test.each([['\t'], ['\r'], ['\n']])('with %j inside is refused', (mark) => {
    expect(readBy(nameField(), `湖南${mark}公司`)).toEqual(refused('名称不得含有换行或制表符，请删除'));
  });
});

describe('a credit code', () => {
  it('is brought to its form', () => {
    expect(readBy(usccField(), ' 91350100m000100y43 ')).toBe('91350100M000100Y43');
  });

  it('with a wrong check character is refused under its own code', () => {
    const { error } = usccField().safeParse('91350100M000100Y4A');
    expect(error!.issues).toMatchObject([{ code: 'custom', params: { code: 'uscc.invalid' } }]);
    expect(error!.issues[0]!.message).not.toBe('');
  });

  it('of absurd length is refused before it is read', () => {
    expect(readBy(usccField(), '9'.repeat(101))).toContain('统一社会信用代码应为18位，请核对');
  });
});
