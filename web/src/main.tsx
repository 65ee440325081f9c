import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startLanguage } from './i18n/i18n.ts';
import './styles.css';

await startLanguage();
createRoot(document.querySelector('#root')!).render(<App />);
