/** As on the server (api/app.ts): where a schema has no words of its own, zod's are Chinese. */
import { z } from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';

z.config(zhCN());
