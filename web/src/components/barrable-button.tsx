/** A button that, if barred, is still shown and says why. */
import { Button, Tooltip, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props extends Omit<ButtonProps, 'disabled' | 'title'> {
  title: string;
  /** Why it is barred; undefined if it is not. */
  why: string | undefined;
}

/** One element for both states, so that keyboard users keep the focus when the action becomes barred. */
export function BarrableButton({ title, why, onClick, ...look }: Props) {
  const { t } = useTranslation();
  return (
    <Tooltip title={why} trigger={['hover', 'focus']}>
      <Button
        {...look}
        {...(why && barredLook(t('{{title}}：不能办理，{{why}}', { title, why })))}
        onClick={why ? undefined : onClick}
      >
        {title}
      </Button>
    </Tooltip>
  );
}

/** Not `disabled`, because the keyboard could not reach the reason. */
const barredLook = (label: string) =>
  ({ type: 'default', className: 'is-barred', 'aria-disabled': true, 'aria-label': label }) as const;
