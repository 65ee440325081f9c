import { useTranslation } from 'react-i18next';
import { publishedClaimSchema } from '../../../../domain/registration/published-claim.ts';
import { ItemSelect } from '../../cases/commands/command-controls.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { fieldsOf } from '../../forms/schema-fields.ts';

interface Props {
  /** The enterprise. */
  name: string;
  /** @throws ProblemError */
  onSubmit: (body: object) => Promise<void>;
  onClose: () => void;
}

export function ClaimForm({ name, onSubmit, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog
      title={t('认领')}
      hint={name}
      fields={fieldsOf(publishedClaimSchema)}
      schema={publishedClaimSchema}
      controls={{ itemIds: <ItemSelect /> }}
      onSubmit={onSubmit}
      onClose={onClose}
    />
  );
}
