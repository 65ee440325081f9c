/** Several of a few. */
import { Checkbox } from 'antd';

interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

interface Props {
  options: Option[];
  /** Set by Form.Item. */
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** Not antd's own alone: Form.Item would call the group required, which ARIA knows of no group (the label says it). */
export function CheckboxChoices({ options, id, value, onChange }: Props) {
  return (
    <Checkbox.Group className="choices" options={options} value={value} onChange={onChange} {...({ id } as object)} />
  );
}
