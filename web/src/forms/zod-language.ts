/** As on the server (api/app.ts): schemas without messages of their own use zod's Chinese ones. */
import { z } from 'zod';

z.config(z.locales.zhCN());
