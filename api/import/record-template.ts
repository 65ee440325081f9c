/** The templates of files of records, one for each kind. */
import { RECORD_FIELDS, RECORD_KINDS, type RecordKind } from '../../domain/publicity/record-fields.ts';
import { recordInputSchema } from '../../domain/publicity/record.ts';
import type { Template } from './template.ts';

const PARTY = { name: '示例农资有限公司', uscc: '91350100M000100Y43' };
const DECIDED = {
  ...PARTY,
  counterparty: '法人及非法人组织',
  legalRepresentative: '示例负责人',
  generatedOn: '2026-01-05',
};

const EXAMPLES: Record<RecordKind, Template['examples']> = {
  permit: [
    {
      ...DECIDED,
      documentName: '农药经营许可决定书',
      documentNo: '示例农许〔2026〕1号',
      category: '普通',
      certificateName: '农药经营许可证',
      certificateNo: '示例-0001',
      content: '准予农药零售',
      validFrom: '2026-01-05',
      validUntil: '2031-01-04',
      authority: '天心区农业农村局',
      status: '1',
    },
    {
      ...PARTY,
      documentNo: '示例农许〔2026〕2号',
      content: '准予变更',
      generatedOn: '2026-01-06',
      authority: '天心区农业农村局',
    },
  ],
  penalty: [
    {
      ...DECIDED,
      documentNo: '示例农罚〔2026〕1号',
      violation: '未建立农药销售台账',
      violationFacts: '未按规定记录所销售农药的名称和数量',
      basis: '《农药管理条例》第五十八条',
      category: '罚款',
      content: '罚款2000元',
      fine: '0.2',
      severity: '一般',
      authority: '天心区农业农村局',
    },
    {
      ...PARTY,
      documentNo: '示例农罚〔2026〕2号',
      violation: '经营标签不合规的农药',
      content: '警告',
      generatedOn: '2026-01-06',
      authority: '天心区农业农村局',
    },
  ],
  other: [
    {
      ...PARTY,
      section: '双随机抽查结果信息',
      documentNo: '示例抽查〔2026〕1号',
      title: '农药经营场所抽查',
      content: '未发现问题',
      generatedOn: '2026-01-05',
      authority: '天心区农业农村局',
    },
    {
      ...PARTY,
      section: '其他依法应当公示的信息',
      documentNo: '示例公示〔2026〕1号',
      title: '示例标题',
      content: '示例内容',
      generatedOn: '2026-01-06',
      authority: '天心区农业农村局',
    },
  ],
};

const templateOf = (kind: RecordKind): Template => ({
  title: RECORD_KINDS[kind],
  columns: RECORD_FIELDS[kind].map(({ field, labels: [name] }) => ({ field, name })),
  schemas: [recordInputSchema],
  examples: EXAMPLES[kind],
});

export const RECORD_TEMPLATES = {
  permit: templateOf('permit'),
  penalty: templateOf('penalty'),
  other: templateOf('other'),
} satisfies Record<RecordKind, Template>;
