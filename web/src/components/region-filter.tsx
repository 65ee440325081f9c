/** Whose figures: a region with everything below it, by its code. */
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';

interface Props {
  value: string | undefined;
  onChange: (region: string | undefined) => void;
}

export function RegionFilter({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { regionCode, departmentCode } = useSession();
  // A department reads its own figures, wherever they lie.
  if (departmentCode !== null) return null;
  return (
    <Input.Search
      // What is typed is kept apart from the address until it is asked for; a link may change the address meanwhile.
      key={value ?? ''}
      allowClear
      aria-label={t('行政区划代码')}
      placeholder={t('行政区划代码，如{{code}}', { code: regionCode })}
      maxLength={6}
      defaultValue={value}
      onSearch={(typed) => onChange(typed.trim() || undefined)}
      style={{ width: 230 }}
    />
  );
}
