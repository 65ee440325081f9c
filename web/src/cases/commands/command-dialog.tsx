/** Asks for what a command needs, by its schema. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { CaseView } from '../../../../api/cases/view.ts';
import { SEEN_VERSION } from '../../../../domain/case/seen-version.ts';
import { useArticle } from '../../components/article.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { fieldsOf } from '../../forms/schema-fields.ts';
import type { CommandRequest } from './command-button.tsx';
import { useControls } from './command-controls.tsx';
import { DecidedAbout, isDecidedInView } from '../page/decided-about.tsx';
import { schemaOf } from '../../../../domain/case-types/commands.ts';
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

/** A decision about a content names the version that was on the page, so that no other is decided by it. */
function withSeenVersion(schema: z.ZodType, { facts }: CaseView, body: object) {
  const isAsked = schema instanceof z.ZodObject && SEEN_VERSION in schema.shape;
  return isAsked && facts['version'] !== undefined ? { ...body, [SEEN_VERSION]: facts['version'] } : body;
}

function FieldsDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const article = useArticle();
  const { perform } = useCommand();
  const { case: about, action } = request;
  const title = t(action.title);
  const schema = schemaOf(about.caseType, action.action)!;
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
        await perform({
          case: about,
          action: action.action,
          title: action.title,
          body: withSeenVersion(schema, about, body),
        });
      }}
      onClose={onClose}
    />
  );
}
