/** A day as YYYY-MM-DD: legal days have no time and no zone. */
import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
  /** A word before the day, e.g. 起 and 止 of a period. */
  prefix?: string;
  'aria-label'?: string;
}

const FORMAT = 'YYYY-MM-DD';

export function DayInput({ value, onChange, ...rest }: Props) {
  return (
    <DatePicker
      {...rest}
      format={FORMAT}
      value={value ? dayjs(value, FORMAT) : null}
      onChange={(day) => onChange?.(day ? day.format(FORMAT) : undefined)}
    />
  );
}
