/** What the platform knows is not asked for: the enterprise's name by its credit code, the organ by the department. */
import { useQuery } from '@tanstack/react-query';
import { Form, type FormInstance } from 'antd';
import { useEffect } from 'react';
import { get } from '../../api/client.ts';
import { useDepartments } from '../../api/reference.ts';
import type { Values } from '../../forms/schema-form.tsx';

const USCC = /^[0-9A-Z]{18}$/;

export function usePrefill(form: FormInstance<Values>): void {
  const typed: unknown = Form.useWatch('uscc', form);
  const uscc = typeof typed === 'string' ? typed.trim().toUpperCase() : '';
  const { data: found } = useQuery({
    queryKey: ['enterprises', uscc],
    enabled: USCC.test(uscc),
    queryFn: ({ signal }) =>
      get<{ items: { uscc: string; name: string }[] }>('/public/enterprises', { q: uscc, limit: 1 }, signal),
  });
  const name = found?.items.find((one) => one.uscc === uscc)?.name;
  useFilled(form, 'name', name);

  const department = Form.useWatch('departmentCode', form) as string | undefined;
  const { data: departments } = useDepartments(department?.slice(0, 6) ?? '');
  useFilled(form, 'authority', departments?.find(({ code }) => code === department)?.name);
}

/** What somebody has typed stays. */
function useFilled(form: FormInstance<Values>, field: string, value: string | undefined): void {
  useEffect(() => {
    if (value && form.getFieldInstance(field) && !form.isFieldTouched(field)) form.setFieldValue(field, value);
  }, [form, field, value]);
}
