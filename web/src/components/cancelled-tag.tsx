/** 已注销: the enterprise was cancelled, and when; nothing where it was not. */
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

export function CancelledTag({ on }: { on: string | null | undefined }) {
  const { t } = useTranslation();
  return on ? <Tag className="numbers">{t('已注销（{{date}}）', { date: on })}</Tag> : null;
}
