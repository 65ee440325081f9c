import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionView, CaseView } from '../../../../api/cases/view.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { fieldsOf } from '../../forms/schema-fields.ts';
import type { Values } from '../../forms/schema-form.tsx';
import { useControls } from './command-controls.tsx';
import { schemaOf } from '../../../../domain/case-types/commands.ts';

interface Props {
  action: ActionView;
  /** One of the cases: some choices depend on its region. */
  about: CaseView;
  count: number;
  onClose: () => void;
  /** @throws ProblemError */
  onSubmit: (body: Values) => Promise<void>;
}

/** Asks once for what applies to all selected cases. */
export function BatchDialog({ action, about, count, onClose, onSubmit }: Props) {
  const { t } = useTranslation();
  const schema = schemaOf(about.caseType, action.action)!;
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const controls = useControls(about, fields);
  return (
    <FormDialog
      title={t('批量{{title}}', { title: t(action.title) })}
      hint={t('逐项办理，一项被拒不影响其他各项')}
      fields={fields}
      schema={schema}
      controls={controls}
      okText={t('对{{n}}项办理', { n: count })}
      onSubmit={onSubmit}
      onClose={onClose}
    />
  );
}
