/** Several days, added one by one. */
import { ConfigProvider, Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { DayInput } from './day-input.tsx';

interface Props {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

export function DaysInput({ id, value = [], onChange }: Props) {
  const { t } = useTranslation();
  // A disabled form disables its fields, but not their tags.
  const { componentDisabled } = ConfigProvider.useConfig();
  return (
    <Space wrap>
      <DayInput
        id={id}
        // A new key empties the input for the next day.
        key={value.length}
        onChange={(day) => day && onChange?.([...new Set([...value, day])].sort())}
      />
      {value.map((day) => (
        <Tag
          key={day}
          closable={!componentDisabled && { 'aria-label': t('去掉{{day}}', { day }) }}
          onClose={() => onChange?.(value.filter((other) => other !== day))}
        >
          {day}
        </Tag>
      ))}
    </Space>
  );
}
