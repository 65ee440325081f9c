import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { setLanguage } from '../i18n/i18n.ts';

/** Names the other language in that language, so that its readers find it. */
export function LanguageSwitch({ onDark = false }: { onDark?: boolean }) {
  const { i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <Button
      type="text"
      size="small"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      style={onDark ? { color: '#fff' } : undefined}
      onClick={() => void setLanguage(other)}
    >
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  );
}
