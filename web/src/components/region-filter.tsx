/** Chooses whose figures: a region with all below it. */
import { useTranslation } from 'react-i18next';
import { RegionSelect } from '../forms/region-select.tsx';
import { isOfDepartment } from '../../../domain/organs/roles.ts';
import { useSession } from '../session/session.ts';

interface Props {
  value: string | undefined;
  onChange: (region: string | undefined) => void;
}

export function RegionFilter(props: Props) {
  const { t } = useTranslation();
  const session = useSession();
  // A department reads its own figures, in whatever region. A registering authority also has a department, but reads its
  // region's figures.
  if (isOfDepartment(session)) return null;
  return (
    <RegionSelect
      {...props}
      allowClear
      within={session.regionCode}
      aria-label={t('行政区划')}
      placeholder={t('全部区域')}
    />
  );
}
