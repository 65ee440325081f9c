/** What holds for the whole platform, known before anybody signs in. */
import { useQuery } from '@tanstack/react-query';
import type { SessionOptions } from '../../../api/routes/session.ts';
import { get } from './client.ts';

export const useOptions = () =>
  useQuery({ queryKey: ['options'], queryFn: () => get<SessionOptions>('/session/options') });
