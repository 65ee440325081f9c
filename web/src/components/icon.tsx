/**
 * What @ant-design/icons draws every icon with, in place of its own (see vite.config.ts): theirs are read out in English,
 * as “bell” or “exclamation-circle”. An icon beside its word says nothing more; one that is all of a button says what it does.
 */
import AntdIcon from '@ant-design/icons/es/components/AntdIconLight';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

/** Icons that antd puts into buttons without any words. */
const DOES: Record<string, string> = {
  search: '查找',
  'close-circle': '清除',
  left: '上一页',
  right: '下一页',
  'double-left': '向前跳页',
  'double-right': '向后跳页',
};

export default function Icon(props: ComponentProps<typeof AntdIcon>) {
  const { t } = useTranslation();
  // Those that antd gives a class stand beside words, as in an alert.
  const does = props.className === undefined ? DOES[props.icon.name] : undefined;
  // What can be clicked was named by who made it so.
  if (props.onClick) return <AntdIcon {...props} />;
  return does ? (
    <AntdIcon {...props} aria-label={t(does)} />
  ) : (
    <AntdIcon {...props} aria-hidden aria-label={undefined} />
  );
}
