/** A button that may be barred: then it is shown, and says why. */
import { Button, Tooltip, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props extends Omit<ButtonProps, 'disabled' | 'title'> {
  title: string;
  /** Why it cannot be pressed; undefined where it can. */
  why: string | undefined;
}

/** One element for both: who pressed it by keyboard keeps the focus where the deed is barred from then on. */
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

/** Not `disabled`: nobody could reach the reason by keyboard. */
const barredLook = (label: string) =>
  ({ type: 'default', className: 'is-barred', 'aria-disabled': true, 'aria-label': label }) as const;
