/** A line under a list that the server cut, so that nobody takes it for complete. */
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';

export function FirstOnly({ shown, most }: { shown: number; most: number }) {
  const { t } = useTranslation();
  if (shown < most) return null;
  return (
    <Typography.Paragraph type="secondary" className="after-table">
      {t('最多显示{{n}}条；没有要找的，请补充条件', { n: most })}
    </Typography.Paragraph>
  );
}
