/** A form whose fields come from a schema; the same schema checks it before it is sent. */
import { Form, Input, InputNumber, Radio, Select, type FormInstance } from 'antd';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ProblemError } from '../api/client.ts';
import { showAnswered, showFound, type NameOf } from './field-errors.ts';
import { EnterpriseSelect } from './enterprise-select.tsx';
import { DayInput } from './day-input.tsx';
import { OwnDepartmentSelect, RegionSelect } from './region-select.tsx';
import type { Field } from './schema-fields.ts';
import './zod-language.ts';

/** Controls by field name, for fields whose schema is not enough. */
export type Controls = Record<string, ReactNode>;

export type Values = Record<string, unknown>;

interface Props {
  form: FormInstance<Values>;
  fields: Field[];
  controls?: Controls;
  initial?: Values;
  onFinish: (values: Values) => void;
  /** The server's refusal: what it says of single fields is shown at them. */
  refused?: ProblemError | undefined;
  nameOf?: NameOf;
  /** After the fields, e.g. a button that submits. */
  children?: ReactNode;
}

const CHOSEN = new Set<Field['control']>(['choice', 'region', 'department', 'enterprise']);

export function SchemaForm({ form, fields, controls = {}, initial, onFinish, refused, nameOf, children }: Props) {
  const { t } = useTranslation();
  const told = useEffectEvent(({ problem }: ProblemError) => showAnswered(form, problem, nameOf));
  useEffect(() => {
    if (refused) told(refused);
  }, [refused]);
  /** The chosen department belongs to the region chosen before. */
  const forgetDepartment = (changed: Values) => {
    const ofRegion = fields.find(({ control }) => control === 'department');
    if (ofRegion && 'regionCode' in changed) form.setFieldValue(ofRegion.name, undefined);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      onFinish={onFinish}
      onValuesChange={forgetDepartment}
      scrollToFirstError
    >
      {fields.map((field) => {
        const label = t(field.label);
        const missing = CHOSEN.has(field.control) ? '请选择{{field}}' : '请填写{{field}}';
        const item = (
          <Form.Item
            key={field.name}
            name={field.name}
            label={label}
            rules={[
              { required: field.required, message: t(missing, { field: label }) },
              ...(field.control === 'list' ? [{ ...ALL_SENT, message: t(UNSENT) }] : []),
            ]}
          >
            {controls[field.name] ?? <Control field={field} />}
          </Form.Item>
        );
        const { when } = field;
        if (!when) return item;
        return (
          <Form.Item noStyle key={field.name} dependencies={[when.field]}>
            {({ getFieldValue }) => (getFieldValue(when.field) === when.is ? item : null)}
          </Form.Item>
        );
      })}
      {children}
    </Form>
  );
}

const UNSENT = '有文件尚未上传完成或未能上传：请等待上传完成，或移除后再提交';

/**
 * Refuses to submit while a file is not on the server: AttachmentsInput holds null for it, and it would be lost without
 * notice.
 */
const ALL_SENT = {
  // An upload in progress is an error only on submit.
  validateTrigger: 'onSubmit',
  async validator(_rule: unknown, values: unknown) {
    if (Array.isArray(values) && values.includes(null)) throw new Error(UNSENT);
  },
};

/** Up to this number, choices are shown at once; more are searched. */
const FEW = 8;

function Control({ field: { control, options = [], most, least, whole }, ...rest }: { field: Field }) {
  const { t } = useTranslation();
  const translated = options.map(({ value, label }) => ({ value, label: t(label) }));
  switch (control) {
    case 'choice':
      return translated.length <= FEW ? (
        <Radio.Group {...rest} options={translated} className="choices" />
      ) : (
        <Select {...rest} options={translated} />
      );
    case 'number':
      return <InputNumber {...rest} min={least} max={most} precision={whole ? 0 : undefined} style={{ width: 160 }} />;
    case 'list':
      return <Select {...rest} mode="tags" open={false} />;
    case 'day':
      return <DayInput {...rest} />;
    case 'region':
      return <RegionSelect {...rest} allowClear />;
    case 'department':
      return <OwnDepartmentSelect {...rest} />;
    case 'enterprise':
      return <EnterpriseSelect {...rest} />;
    case 'line':
      return <Input {...rest} maxLength={most} />;
    case 'paragraph':
      return <Input.TextArea {...rest} maxLength={most} rows={4} showCount={most !== undefined} />;
  }
}

/** Shows the schema's errors at their fields. @returns what is to be sent, or undefined if something is wrong. */
export function checked(
  schema: z.ZodType,
  form: FormInstance<Values>,
  values: Values,
  nameOf?: NameOf,
): Values | undefined {
  const parsed = schema.safeParse(values);
  // Send what was typed: transforming it is left to the server.
  if (parsed.success) return values;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  showFound(form, errors, nameOf);
  return undefined;
}
