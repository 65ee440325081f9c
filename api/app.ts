/** The HTTP API: plugins, then routes. Built without listening, so that tests can inject requests. */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App, AppOptions } from './context.ts';
import auth from './plugins/auth.ts';
import openapi from './plugins/openapi.ts';
import peopleFirst from './plugins/people-first.ts';
import problemDetails, { answerProblem } from './plugins/problems.ts';
import publicTexts from './plugins/public-texts.ts';
import sameOrigin from './plugins/same-origin.ts';
import storableText from './plugins/storable-text.ts';
import unknownFields from './plugins/unknown-fields.ts';
import web from './plugins/web.ts';
import { ONE_TIME_PASSWORD_DAYS } from '../domain/organs/account-lists.ts';
import accountImportRoutes from './routes/account-imports.ts';
import accountListRoutes from './routes/account-lists.ts';
import accountApplicationRoutes from './routes/account-applications.ts';
import adminAccountRoutes from './routes/admin-accounts.ts';
import adminCalendarRoutes from './routes/admin-calendars.ts';
import adminReferenceRoutes from './routes/admin-reference.ts';
import assessmentRoutes from './routes/assessments.ts';
import attachmentRoutes from './routes/attachments.ts';
import auditRoutes from './routes/audit.ts';
import caseRoutes from './routes/cases.ts';
import enterpriseRoutes from './routes/enterprises.ts';
import codecRoutes from './routes/codec.ts';
import recordRoutes from './routes/records.ts';
import eventRoutes from './routes/events.ts';
import deadLetterRoutes from './routes/dead-letters.ts';
import correctionRoutes from './routes/corrections.ts';
import complaintRoutes from './routes/complaints.ts';
import receiptRoutes from './routes/receipts.ts';
import healthRoutes from './routes/health.ts';
import inboxRoutes from './routes/inbox.ts';
import statisticsRoutes from './routes/statistics.ts';
import fullListRoutes from './routes/full-lists.ts';
import listingRoutes from './routes/listings.ts';
import matchingQualityRoutes from './routes/matching-quality.ts';
import poolEntryRoutes from './routes/pool-entries.ts';
import publishedRegistrationRoutes from './routes/published-registrations.ts';
import publicationRoutes from './routes/publications.ts';
import recordEventRoutes from './routes/record-events.ts';
import departmentSettingRoutes from './routes/department-settings.ts';
import pushRoutes from './routes/pushes.ts';
import referenceImportRoutes from './routes/reference-imports.ts';
import referenceProposalRoutes from './routes/reference-proposals.ts';
import referenceRoutes from './routes/reference.ts';
import registrationRoutes from './routes/registrations.ts';
import restrictionRoutes from './routes/restrictions.ts';
import rollbackRoutes from './routes/rollbacks.ts';
import sanctionLiftingRoutes from './routes/sanction-liftings.ts';
import sanctionNoticeRoutes from './routes/sanction-notices.ts';
import sessionRoutes from './routes/session.ts';
import creditRepairRoutes from './routes/credit-repairs.ts';
import taskRoutes from './routes/tasks.ts';
import subscriptionRoutes from './routes/subscriptions.ts';
import supervisionRoutes from './routes/supervisions.ts';
import supportMeasureRoutes from './routes/support-measures.ts';

// Schemas without messages of their own fall back on zod's Chinese ones.
z.config(z.locales.zhCN());

/**
 * How long a request may take to arrive, in ms: an import file of the largest size takes some minutes.
 * The server has one such limit for all routes. The answer may take longer.
 */
const ARRIVAL = 30 * 60_000;
/** Single requests are small; files have their own route and limit. */
const BODY_LIMIT = 1_048_576;

const ROUTES = [
  sessionRoutes,
  accountApplicationRoutes,
  accountImportRoutes,
  accountListRoutes,
  adminAccountRoutes,
  registrationRoutes,
  pushRoutes,
  rollbackRoutes,
  poolEntryRoutes,
  publishedRegistrationRoutes,
  supervisionRoutes,
  fullListRoutes,
  listingRoutes,
  sanctionNoticeRoutes,
  sanctionLiftingRoutes,
  restrictionRoutes,
  publicationRoutes,
  recordEventRoutes,
  supportMeasureRoutes,
  creditRepairRoutes,
  enterpriseRoutes,
  recordRoutes,
  inboxRoutes,
  eventRoutes,
  taskRoutes,
  caseRoutes,
  subscriptionRoutes,
  deadLetterRoutes,
  auditRoutes,
  assessmentRoutes,
  matchingQualityRoutes,
  statisticsRoutes,
  referenceRoutes,
  healthRoutes,
  adminCalendarRoutes,
  adminReferenceRoutes,
  referenceImportRoutes,
  referenceProposalRoutes,
  departmentSettingRoutes,
  attachmentRoutes,
  correctionRoutes,
  complaintRoutes,
  receiptRoutes,
  codecRoutes,
];

export async function buildApp(options: AppOptions): Promise<App> {
  const { api, logger, cookieSecure, rateLimit: max, heartbeat = 20_000, demo = false } = options;
  const { trustProxy = [], signInLimit = 300, publicUploads = 2 ** 31 } = options;
  const { oneTimePasswordDays = ONE_TIME_PASSWORD_DAYS } = options;
  const app = fastify({
    ...(logger ? { loggerInstance: logger } : {}),
    bodyLimit: BODY_LIMIT,
    requestTimeout: ARRIVAL,
    trustProxy: trustProxy.length > 0 && trustProxy,
    // A `__proto__` key in a body is an attack, not data.
    onProtoPoisoning: 'error',
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 400 },
    // Answers paths that cannot be decoded: Fastify refuses them before routing, so no error handler of a plugin sees
    // them.
    frameworkErrors: answerProblem,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(problemDetails);
  await registerPolicy(app);
  await app.register(storableText);
  await app.register(rateLimit, { max, timeWindow: '1 minute' });
  await app.register(auth, { db: api.db, cookieSecure });
  await app.register(publicTexts);
  await app.register(peopleFirst);
  await app.register(sameOrigin);
  await app.register(unknownFields);
  await app.register(openapi);
  app.decorate('caseCommands', new Map());
  const told = { cookieSecure, signInLimit, publicUploads, heartbeat, demo, oneTimePasswordDays };
  for (const route of ROUTES) await app.register(async (scope) => route(scope, api, told));
  await app.register(web);
  return app;
}

async function registerPolicy(app: App): Promise<void> {
  // The console and Swagger UI need their own scripts and inline styles, and nothing else.
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        upgradeInsecureRequests: null,
      },
    },
  });
}
