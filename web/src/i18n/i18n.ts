/** Chinese first: the Chinese text is the key, `en.ts` holds its English. What has no English yet shows in Chinese. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';

const STORED = 'xietong.language';

const stored = (): Language => (localStorage.getItem(STORED) === 'en' ? 'en' : 'zh');

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  // English is fetched by those who want it.
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { EN } = await import('./en.ts');
    i18next.addResourceBundle('en', 'translation', EN);
  }
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  await i18next.changeLanguage(language);
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'zh',
    resources: { zh: { translation: {} } },
    // Chinese sentences hold colons and full stops.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  await setLanguage(stored());
}
