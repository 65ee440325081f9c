/** 已注销 with the day, if the enterprise was cancelled; otherwise nothing. */
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

export function CancelledTag({ on }: { on: string | null | undefined }) {
  const { t } = useTranslation();
  return on ? <Tag className="numbers">{t('已注销（{{date}}）', { date: on })}</Tag> : null;
}
