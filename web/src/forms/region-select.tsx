/** Chooses a region and a department by name, searched while typing. */
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { isWithin } from '../../../domain/organs/region-code.ts';
import { useDepartments, useRegions, type Department } from '../api/reference.ts';
import { lowestFirst } from './levels.ts';

interface SelectProps {
  /** Set by Form.Item. */
  id?: string;
  value?: string;
  onChange?: (code: string | undefined) => void;
}

interface RegionProps extends SelectProps {
  /** Offers only this region and those inside it. */
  within?: string;
  allowClear?: boolean;
  placeholder?: string;
  'aria-label'?: string;
}

const byText = (input: string, option?: { label: string }) => option?.label.includes(input) ?? false;

export function RegionSelect({ within, ...rest }: RegionProps) {
  const { t } = useTranslation();
  const { regions, fullNameOf, isPending } = useRegions();
  const options = regions
    .filter(({ code }) => within === undefined || isWithin(code, within))
    .map(({ code }) => ({ value: code, label: `${fullNameOf(code)} ${code}` }));
  return (
    <Select
      placeholder={t('输入名称或代码查找')}
      {...rest}
      className="region-select"
      showSearch={{ filterOption: byText }}
      loading={isPending}
      options={options}
    />
  );
}

interface DepartmentProps extends SelectProps {
  regionCode: string;
  /** Only this region's departments, without those of the regions above. */
  own?: boolean;
  /** True for departments that cannot be chosen. */
  except?: (department: Department) => boolean;
  allowClear?: boolean;
}

/** Departments of the same level first (第七条：同级), then those of the regions above, nearest first. */
export function DepartmentSelect({ regionCode, own = false, except, ...rest }: DepartmentProps) {
  const { t } = useTranslation();
  const departments = useDepartments(regionCode);
  const options = (departments.data ?? [])
    .filter(
      (department) => !department.retired && !except?.(department) && (!own || department.regionCode === regionCode),
    )
    .toSorted(lowestFirst)
    .map(({ code, name }) => ({ value: code, label: name }));
  return (
    <Select
      placeholder={t('部门')}
      {...rest}
      className="region-select"
      showSearch={{ filterOption: byText }}
      loading={departments.isFetching}
      options={options}
    />
  );
}

/** Departments of the region chosen in the same form. */
export function OwnDepartmentSelect(props: SelectProps) {
  const form = Form.useFormInstance();
  const regionCode = (Form.useWatch('regionCode', form) as string | undefined) ?? '';
  return <DepartmentSelect {...props} allowClear own regionCode={regionCode} />;
}
