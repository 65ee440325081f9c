/** An entry of a dishonesty list as courts and registering authorities submit it (第九条). One schema for body and file. */
import { z } from 'zod';
import { DISHONESTY_LISTS, FORMER_LIST_TITLES } from '../../publicity/dishonesty-lists.ts';
import { documentNumber, isNumber } from '../../publicity/document-no.ts';
import { day, labelled, nameField, optional, plainText, text } from '../../fields.ts';
import { groundFault, LISTING_GROUNDS } from '../../rule-sets/listing-rules.ts';
import { SEVERITIES } from '../../rule-sets/penalty-publicity.ts';
import { checkUscc, normaliseUscc } from '../../uscc.ts';
import { contradictionIn } from './dates.ts';

const PERSONAL = { code: 'listing.natural-person' } as const;
const PERSON_REFUSED = '该条目为自然人：本系统只办理对企业的联合惩戒，不接收、不保存自然人信息，请从文件中删除该行';

/** The number of an identity card (GB 11643), whole or with stars in the middle, as courts publish it. */
const IDENTITY_CARD =
  /^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$|^\d{4,14}\*{2,}[\dX]{0,4}$|^\d{15}$/;

const NAMED_PERSON = /自然人|(?:^|[,\t:"\s])580(?:$|[,\t}"\s])/;
const ANY_IDENTITY_CARD = /(?<![0-9A-Z])(?:[1-8]\d{5}(?:19|20)\d{9}[\dX]|\d{4,14}\*{2,}[\dX]{0,4}|\d{15})(?![0-9A-Z])/i;

/** Whether the text of a refused row is about a natural person; such a text must not be stored (第十九条). */
export const holdsPersonalId = (raw: string): boolean => NAMED_PERSON.test(raw) || ANY_IDENTITY_CARD.test(raw);

/** Courts write 580 自然人 and 581 企业或其他组织. */
const partyType = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), text('当事人类型').max(20))
  .refine((value) => value !== '580' && !value.includes('自然人'), { message: PERSON_REFUSED, params: PERSONAL });

const enterpriseCode = plainText('统一社会信用代码')
  .max(100, '统一社会信用代码应为18位，请核对')
  .transform(normaliseUscc)
  .superRefine((value, context) => {
    const check = checkUscc(value);
    if (check.ok) return;
    const isPerson = check.reason === 'person' || IDENTITY_CARD.test(value);
    const params = isPerson ? PERSONAL : { code: 'uscc.invalid' };
    context.addIssue({ code: 'custom', message: isPerson ? PERSON_REFUSED : check.message, params });
  })
  .describe('统一社会信用代码（GB 32100-2015）；身份证号码一律退回');

const long = (field: string) => optional(text(field).max(4000, `${field}不得超过4000字，请更正`));
const short = (field: string) => optional(text(field).max(200, `${field}不得超过200字，请更正`));

const documentNo = text('文号')
  .max(200, '文号过长，请更正')
  .transform(documentNumber)
  .refine(...isNumber('文号'))
  .refine((value) => /^[\p{L}\p{N}(〔[【][\p{L}\p{N}()〔〕[\]【】_.·-]{0,79}$/u.test(value), {
    message: '文号为1至80个文字、数字或括号，请更正',
  })
  .describe('案号或列入决定文号：与名单、企业一起确定一个条目');

export const listingEntrySchema = z
  .object(
    {
      // The first field, so that a person's row is refused for that reason, whatever else is wrong with it.
      partyType: optional(partyType).describe('当事人类型：580自然人（不接收），581企业或其他组织'),
      list: labelled(DISHONESTY_LISTS, '名单', '请更正', FORMER_LIST_TITLES).describe('名单，也可填中文名称'),
      documentNo,
      uscc: enterpriseCode,
      name: nameField(),
      regionCode: optional(
        text('行政区划代码').regex(/^\d{6}$/, '行政区划代码为6位数字（GB/T 2260），请更正'),
      ).describe('企业登记地行政区划代码；缺省时依已有登记信息，再依统一社会信用代码第3至8位'),
      authority: text('列入机关或执行法院')
        .min(1, '缺少列入机关或执行法院，请填写')
        .max(200)
        .describe('列入机关或执行法院'),
      authorityCode: optional(text('列入机关的部门代码').max(60, '列入机关的部门代码有误，请核对')).describe(
        '列入机关在平台上的部门代码；缺省为企业登记地的登记机关；法院没有部门代码',
      ),
      ground: optional(labelled(LISTING_GROUNDS, '列入事由类别')).describe(
        '列入事由类别：该名单的法定事由，也可填中文；缺省时按列入事由的文字识别',
      ),
      severity: optional(labelled(SEVERITIES, '失信严重程度')).describe('失信严重程度'),
      grounds: text('列入事由')
        .min(1, '缺少列入事由，请填写')
        .max(4000, '列入事由不得超过4000字')
        .describe('列入事由或失信行为具体情形'),
      listedOn: day('列入或发布日期').describe('列入或发布日期 YYYY-MM-DD'),
      listedUntil: optional(day('列入期限')).describe('列入期限至（含当日）：期满自动移出；缺省为至移出之日'),
      minimumPublicUntil: optional(day('最短公示期')).describe(
        '最短公示期至（含当日）：此前不受理信用修复；缺省时依失信严重程度按规定计算',
      ),
      basisNo: short('执行依据文号').describe('执行依据文号'),
      basisAuthority: short('做出执行依据单位').describe('做出执行依据单位'),
      filedOn: optional(day('立案日期')).describe('立案日期'),
      duty: long('生效法律文书确定的义务').describe('生效法律文书确定的义务'),
      performance: short('履行情况').describe('履行情况'),
      performedPart: long('已履行部分').describe('已履行部分'),
      unperformedPart: long('未履行部分').describe('未履行部分'),
      responsiblePerson: short('法定代表人或者负责人姓名').describe('法定代表人或者负责人姓名'),
    },
    '名单条目应为对象（一个条目一个对象），请更正',
  )
  .superRefine((entry, context) => {
    const { list, ground, listedOn } = entry;
    const found = contradictionIn(entry);
    if (found) context.addIssue({ code: 'custom', message: found.message, path: [found.field] });
    const fault = ground && groundFault(ground, list, listedOn);
    if (fault) context.addIssue({ code: 'custom', message: `${fault}，请更正`, path: ['ground'] });
  })
  .describe('失信名单条目');

export type ListingEntry = z.output<typeof listingEntrySchema>;
