/** Several choices out of a few. */
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

/**
 * A group of our own: Form.Item would mark antd's as aria-required, which ARIA does not allow for groups. The label says
 * it.
 */
export function CheckboxChoices({ options, id, value, onChange }: Props) {
  return (
    <Checkbox.Group className="choices" options={options} value={value} onChange={onChange} {...({ id } as object)} />
  );
}
