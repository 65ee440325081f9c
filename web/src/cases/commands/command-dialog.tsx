/** Asks for what a command needs, by its schema. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseType } from '../../../../domain/case/id.ts';
import { useArticle } from '../../components/article.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { fieldsOf } from '../../forms/schema-fields.ts';
import type { CommandRequest } from './command-button.tsx';
import { useControls } from './command-controls.tsx';
import { DecidedAbout, isDecidedInView } from '../page/decided-about.tsx';
import { SCHEMAS } from '../command-schemas.ts';
import { RecordDrawer } from './record-drawer.tsx';
import { useCommand } from './use-command.ts';

interface Props {
  request: CommandRequest;
  onClose: () => void;
}

export function CommandDialog({ request, onClose }: Props) {
  const key = `${request.case.caseId} ${request.action.action}`;
  if (request.form.form === 'record') return <RecordDrawer key={key} request={request} onClose={onClose} />;
  return <FieldsDialog key={key} request={request} onClose={onClose} />;
}

function FieldsDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const { perform } = useCommand();
  const { case: about, action, form } = request;
  const title = t(action.title);
  const schema = SCHEMAS[about.caseType as CaseType][action.action]!;
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const controls = useControls(about, fields);
  return (
    <FormDialog
      title={title}
      hint={
        <>
          {about.enterprise.name} · {about.caseNo} · {article(action.article)}
          {fields.length === 0 && <div>{t('确认办理“{{title}}”？', { title })}</div>}
        </>
      }
      about={isDecidedInView(about) && <DecidedAbout about={about} />}
      fields={fields}
      schema={schema}
      controls={controls}
      initial={request.initial}
      onSubmit={async (body) => {
        await perform({ case: about, title: action.title, form, body });
      }}
      onClose={onClose}
    />
  );
}
