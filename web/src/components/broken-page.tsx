import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** A page that failed to load or to draw. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t('页面出错，请刷新后重试')}
      subTitle={t('您已提交的内容不会丢失')}
      extra={<Button onClick={() => window.location.reload()}>{t('刷新')}</Button>}
    />
  );
}

export function MissingPage() {
  const { t } = useTranslation();
  return <Result status="404" title={t('没有这个页面')} extra={<Link to="/">{t('回到首页')}</Link>} />;
}
