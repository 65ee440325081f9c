/** Finds cases by a number or a name. */
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

export function QuickSearch({ onSearch }: { onSearch?: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  function search(typed: string, event?: { preventDefault: () => void }) {
    const q = typed.trim();
    if (!q) return;
    // Inside the menu's drawer: the drawer closes and focuses its button, which this Enter would press.
    event?.preventDefault();
    onSearch?.();
    void navigate(`/search?q=${encodeURIComponent(q)}`);
  }
  return (
    <Input.Search
      allowClear
      aria-label={t('查找企业或编号')}
      placeholder={t('企业名称、信用代码或编号')}
      onSearch={search}
    />
  );
}
