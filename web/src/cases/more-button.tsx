import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { usePages } from './use-cases.ts';

export function MoreButton({ pages }: Pick<ReturnType<typeof usePages>, 'pages'>) {
  const { t } = useTranslation();
  if (!pages.hasNextPage) return null;
  return (
    <Button block type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {t('显示更多')}
    </Button>
  );
}
