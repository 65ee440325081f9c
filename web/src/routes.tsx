/** Routes. Each page is fetched when it is first visited. */
import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { BrokenPage, MissingPage } from './components/broken-page.tsx';
import { ConsoleLayout } from './layout/console-layout.tsx';
import { NAVIGATION } from './layout/navigation.ts';
import { SignInPage } from './session/sign-in-page.tsx';

const lazily = (load: () => Promise<ComponentType>) => async () => ({ Component: await load() });

const page = (path: string, load: () => Promise<ComponentType>): RouteObject =>
  path === '' ? { index: true, lazy: lazily(load) } : { path, lazy: lazily(load) };

const CONSOLE: RouteObject[] = [
  ...NAVIGATION.map(({ path, load }) => page(path, load)),
  page(':noun/:caseId', async () => (await import('./cases/page/case-page.tsx')).CasePage),
  page(':noun/:caseId/print', async () => (await import('./cases/notice/notice-page.tsx')).NoticePage),
  page('new/:what', async () => (await import('./pages/submission-page.tsx')).SubmissionPage),
  page('cases', async () => (await import('./pages/all-cases-page.tsx')).AllCasesPage),
  page('registrations', async () => (await import('./pages/registrations-page.tsx')).RegistrationsPage),
  page('search', async () => (await import('./pages/search-page.tsx')).SearchPage),
  page('enterprises/:uscc', async () => (await import('./pages/enterprise-page.tsx')).EnterprisePage),
  page('records/:recordId/event', async () => (await import('./records/record-event-page.tsx')).RecordEventPage),
  page('inbox', async () => (await import('./pages/inbox-page.tsx')).InboxPage),
  page('settings', async () => (await import('./pages/settings-page.tsx')).SettingsPage),
  { path: '*', Component: MissingPage },
];

const PORTAL: RouteObject[] = [
  page('', async () => (await import('./public/home-page.tsx')).HomePage),
  page('enterprises/:uscc', async () => (await import('./public/enterprise-page.tsx')).PublicEnterprisePage),
  page('objection', async () => (await import('./public/objection-page.tsx')).ObjectionPage),
  page('complaint', async () => (await import('./public/complaint-page.tsx')).ComplaintPage),
  page('progress', async () => (await import('./public/progress-page.tsx')).ProgressPage),
  page('receipts/:receiptNo', async () => (await import('./public/receipt-page.tsx')).ReceiptPage),
  { path: '*', Component: MissingPage },
];

/** Shown while the first page is fetched. */
const waiting = { HydrateFallback: () => null, errorElement: <BrokenPage /> };

export const router = createBrowserRouter([
  { path: '/sign-in', Component: SignInPage, ...waiting },
  { ...page('/apply', async () => (await import('./session/apply-page.tsx')).ApplyPage), ...waiting },
  {
    path: '/public',
    lazy: lazily(async () => (await import('./layout/portal-layout.tsx')).PortalLayout),
    ...waiting,
    children: PORTAL,
  },
  { path: '/', Component: ConsoleLayout, ...waiting, children: CONSOLE },
]);
