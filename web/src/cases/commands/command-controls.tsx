/** Controls for fields whose choices come from reference data or from the case, not from their schema. */
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../../api/cases/view.ts';
import { AttachmentsInput } from '../../forms/attachments-input.tsx';
import { DayInput } from '../../forms/day-input.tsx';
import { DepartmentSelect } from '../../forms/region-select.tsx';
import type { Field } from '../../forms/schema-fields.ts';
import type { Controls } from '../../forms/schema-form.tsx';
import { useCatalogue, type Department } from '../../api/reference.ts';
import { useListing } from '../use-listing.ts';
import { REGISTRATION_SECTOR } from '../../../../domain/organs/registering-authority.ts';

interface ControlProps {
  /** Set by Form.Item. */
  id?: string;
  value?: string[] | string;
  onChange?: (value: string[] | string) => void;
}

/** A schema describes a day as text. */
const DAYS: Controls = { decidedOn: <DayInput />, validFrom: <DayInput />, validUntil: <DayInput /> };

/** Controls by field name, for every form that has the field. */
export function useControls(about: CaseView, fields: Field[]): Controls {
  const own: Controls = {
    departmentCode: <DepartmentSelect regionCode={about.regionCode} except={barredFrom(about)} />,
    itemIds: <ItemSelect />,
    measureIds: <MeasureSelect about={about} />,
    ...DAYS,
    attachmentIds: <AttachmentsInput path="/attachments" valueOf={({ id }: { id: string }) => id} />,
  };
  return Object.fromEntries(Object.entries(own).filter(([name]) => fields.some((field) => field.name === name)));
}

/**
 * Departments that a ruling cannot push to: the one that returned the push, and registering authorities
 * (api/routes/rollbacks.ts).
 */
function barredFrom({ caseType, facts }: CaseView): ((department: Department) => boolean) | undefined {
  if (caseType !== 'rollback') return undefined;
  return ({ code, sector }) => code === facts['returnedBy'] || sector === REGISTRATION_SECTOR;
}

export function ItemSelect(props: ControlProps) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const options = catalogue.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <Select
      {...props}
      mode="multiple"
      optionFilterProp="label"
      loading={catalogue.isPending}
      options={options}
      placeholder={t('可不选；选后用于改进关键词')}
    />
  );
}

function MeasureSelect({ about, ...rest }: ControlProps & { about: CaseView }) {
  const listing = useListing(about);
  const options = listing.data?.measures.map(({ id, measure }) => ({ value: id, label: measure })) ?? [];
  return <Select {...rest} mode="multiple" optionFilterProp="label" loading={listing.isPending} options={options} />;
}
