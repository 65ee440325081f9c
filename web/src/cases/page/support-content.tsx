/** The content of a support measure (第十条), all of which is published once it is approved. */
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../../api/cases/detail.ts';
import type { SupportMeasure } from '../../../../domain/case-types/support-measure/entry.ts';
import { ENTERPRISE_SIZES, SUPPORT_KINDS } from '../../../../domain/case-types/support-measure/words.ts';
import { Rows } from '../../components/rows.tsx';
import { Section } from '../../components/section.tsx';

export function SupportContent({ about }: { about: CaseDetail }) {
  const { t } = useTranslation();
  // No need to parse: the intake stored it as validated by its schema.
  const measure = about.facts['measure'] as SupportMeasure | undefined;
  if (!measure) return null;
  const rows: [label: string, value: string][] = [
    ['企业划型', t(ENTERPRISE_SIZES[measure.size])],
    ['扶持方式', t(SUPPORT_KINDS[measure.kind])],
    ['扶持项目', measure.programme],
    ['扶持内容', measure.content],
    ['扶持金额（万元）', measure.amount === undefined ? '' : String(measure.amount)],
    ['扶持依据', measure.basis],
    ['扶持期自', measure.validFrom],
    ['扶持期至', measure.validUntil],
  ];
  return (
    <Section title={t('扶持信息')}>
      <Rows rows={rows} />
    </Section>
  );
}
