/** How many applications for accounts wait for this account to decide. */
import { useQuery } from '@tanstack/react-query';
import type { ApplicationPage } from '../../../api/routes/account-applications.ts';
import type { ApplicationState } from '../../../domain/organs/accounts.ts';
import type { Role } from '../../../domain/organs/roles.ts';
import { get } from '../api/client.ts';
import { useSession } from './session.ts';

const WAITS_FOR: Partial<Record<Role, ApplicationState>> = {
  'registering-authority': 'applied',
  'platform-administrator': 'endorsed',
};
/** More than these nobody counts at a glance. */
const MOST = 100;

export function useWaitingApplications(): number {
  const { role } = useSession();
  const state = WAITS_FOR[role];
  const { data } = useQuery({
    queryKey: ['account-applications', 'waiting', state],
    enabled: state !== undefined,
    queryFn: ({ signal }) => get<ApplicationPage>('/account-applications', { state, limit: MOST }, signal),
  });
  // What was applied for by oneself is another's to decide.
  return data?.items.filter(({ decisions }) => decisions.length > 0).length ?? 0;
}
