/** For administrators: chooses the department, of any region, for which they submit. */
import { Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DepartmentSelect, RegionSelect } from '../../forms/region-select.tsx';
import { useSession } from '../../session/session.ts';

interface Props {
  /** Set by Form.Item. */
  id?: string;
  value?: string;
  onChange?: (code: string | undefined) => void;
}

export function DepartmentChoice({ onChange, ...rest }: Props) {
  const { t } = useTranslation();
  const { regionCode } = useSession();
  const [region, setRegion] = useState(regionCode);
  return (
    <Space wrap>
      <RegionSelect
        aria-label={t('部门所在的行政区划')}
        within={regionCode}
        value={region}
        onChange={(chosen) => {
          if (chosen) setRegion(chosen);
          onChange?.(undefined);
        }}
      />
      <DepartmentSelect own regionCode={region} onChange={onChange} {...rest} />
    </Space>
  );
}
