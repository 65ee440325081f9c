/** Fills in what the platform knows: the enterprise's name by its credit code, the organ by the department. */
import { Form, type FormInstance } from 'antd';
import { useEffect } from 'react';
import { normaliseUscc } from '../../../../domain/uscc.ts';
import { useEnterprises } from '../../api/enterprises.ts';
import { useDepartments } from '../../api/reference.ts';
import type { Values } from '../../forms/schema-form.tsx';

const USCC = /^[0-9A-Z]{18}$/;

export function usePrefill(form: FormInstance<Values>): void {
  const typed: unknown = Form.useWatch('uscc', form);
  const uscc = typeof typed === 'string' ? normaliseUscc(typed) : '';
  const { data: found } = useEnterprises(USCC.test(uscc) ? uscc : '', 1);
  const name = found?.items.find((one) => one.uscc === uscc)?.name;
  useFilled(form, 'name', name);

  const department = Form.useWatch('departmentCode', form) as string | undefined;
  const { data: departments } = useDepartments(department?.slice(0, 6) ?? '');
  useFilled(form, 'authority', departments?.find(({ code }) => code === department)?.name);
}

/** Fills an empty field; keeps what somebody has typed. */
function useFilled(form: FormInstance<Values>, field: string, value: string | undefined): void {
  useEffect(() => {
    if (value && form.getFieldInstance(field) && !form.isFieldTouched(field)) form.setFieldValue(field, value);
  }, [form, field, value]);
}
