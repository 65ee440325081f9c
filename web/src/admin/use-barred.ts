/** Why a reader of reference data may not change it, as the API would say (api/plugins/auth.ts); undefined if they may. */
import { useTranslation } from 'react-i18next';
import { isProvince, isWithin } from '../../../domain/organs/region-code.ts';
import { useSession } from '../session/session.ts';

function useNotAdministrator(): string | undefined {
  const { t } = useTranslation();
  return useSession().role === 'platform-administrator' ? undefined : t('只能由平台管理员办理');
}

/** For what the whole province shares: calendar, limits, catalogue. */
export function useProvinceBarred(): string | undefined {
  const { t } = useTranslation();
  const { regionCode } = useSession();
  const notProvince = isProvince(regionCode) ? undefined : t('影响全省，只能由省级平台管理员办理');
  return useNotAdministrator() ?? notProvince;
}

/** For what belongs to a region: departments. */
export function useRegionBarred(): (regionCode: string) => string | undefined {
  const { t } = useTranslation();
  const session = useSession();
  const notAdministrator = useNotAdministrator();
  return (regionCode) =>
    notAdministrator ?? (isWithin(regionCode, session.regionCode) ? undefined : t('不在您的管理区域内'));
}
