/** Chinese texts are the keys; `en.ts` holds the English ones. A text without a translation is shown in Chinese. */
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';

/** The instance for all components (initReactI18next registers it). */
const language = createInstance();

const STORED = 'xietong.language';

const stored = (): Language => (localStorage.getItem(STORED) === 'en' ? 'en' : 'zh');

export async function setLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(STORED, chosen);
  // English texts are fetched only by those who read them.
  if (chosen === 'en' && !language.hasResourceBundle('en', 'translation')) {
    const { EN } = await import('./en.ts');
    language.addResourceBundle('en', 'translation', EN);
  }
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  dayjs.locale(chosen === 'zh' ? 'zh-cn' : 'en');
  await language.changeLanguage(chosen);
}

export async function startLanguage(): Promise<void> {
  await language.use(initReactI18next).init({
    lng: 'zh',
    resources: { zh: { translation: {} } },
    // Chinese sentences hold colons and full stops.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  await setLanguage(stored());
}
