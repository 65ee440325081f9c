import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  label?: string;
}

/** Fetches the next page of a list; nothing if there is none. */
export function MoreButton({ pages, label = '显示更多' }: Props) {
  const { t } = useTranslation();
  if (!pages.hasNextPage) return null;
  return (
    <Button block type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {t(label)}
    </Button>
  );
}
