/** As on the server (api/app.ts): where a schema has no words of its own, zod's are Chinese. */
import { z } from 'zod';

z.config(z.locales.zhCN());
