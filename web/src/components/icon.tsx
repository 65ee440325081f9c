/**
 * Draws every icon of @ant-design/icons in place of the package's own component (see vite.config.ts), which screen
 * readers read out in English, e.g. “bell”. An icon beside a word says nothing more; an icon that is a whole button says
 * what it does.
 */
import AntdIcon from '@ant-design/icons/es/components/AntdIconLight';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

/** Icons that antd puts into buttons without words. */
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
  // Icons with a class from antd stand beside words, as in an alert.
  const does = props.className === undefined ? DOES[props.icon.name] : undefined;
  // Clickable icons are named by the code that made them clickable.
  if (props.onClick) return <AntdIcon {...props} />;
  return does ? (
    <AntdIcon {...props} aria-label={t(does)} />
  ) : (
    <AntdIcon {...props} aria-hidden aria-label={undefined} />
  );
}
