/** 回退 (第七条第二款): who returned the push, and why. */
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../../../../api/cases/view.ts';
import { RETURN_REASONS } from '../../../../domain/case-types/registration-push/answers.ts';
import { titleIn } from '../../components/title-in.ts';
import { casePath } from '../../../../domain/case-types/case-path.ts';

export function ReturnedPush({ returned }: { returned: NonNullable<CaseView['returned']> }) {
  const { t } = useTranslation();
  const { caseId, departmentCode, departmentName, reasonCode, reason } = returned;
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[
        { key: 'by', label: t('退回部门'), children: departmentName ?? departmentCode ?? '—' },
        { key: 'kind', label: t('回退理由类别'), children: reasonCode ? t(titleIn(RETURN_REASONS, reasonCode)) : '—' },
        { key: 'reason', label: t('回退理由'), children: <span className="prewrap">{reason ?? '—'}</span> },
        {
          key: 'push',
          label: t('退回的推送'),
          children: <Link to={casePath({ caseType: 'registrationPush', caseId })}>{t('查看该推送')}</Link>,
        },
      ]}
    />
  );
}
