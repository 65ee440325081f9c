/** How many applications wait for this account's decision. */
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
/** The badge counts up to this number. */
const MOST = 100;

export function useWaitingApplications(): number {
  const { role } = useSession();
  const state = WAITS_FOR[role];
  const { data } = useQuery({
    queryKey: ['account-applications', 'waiting', state],
    enabled: state !== undefined,
    queryFn: ({ signal }) => get<ApplicationPage>('/account-applications', { state, limit: MOST }, signal),
  });
  // Nobody decides on their own application.
  return data?.items.filter(({ decisions }) => decisions.length > 0).length ?? 0;
}
