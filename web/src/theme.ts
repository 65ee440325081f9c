/** Colours with a contrast of 4.5:1 on their backgrounds (WCAG 2.1 AA), where antd's own fall short. */
import type { ThemeConfig } from 'antd';

export const COLOURS = {
  primary: '#0b57b0',
  success: '#1b7a33',
  warning: '#9a5b00',
  error: '#c0182a',
  header: '#0a2f66',
  text: '#1d2433',
  secondary: '#565f70',
  page: '#f3f5f9',
  border: '#d9dee8',
} as const;

export const THEME: ThemeConfig = {
  token: {
    colorPrimary: COLOURS.primary,
    colorInfo: COLOURS.primary,
    colorLink: COLOURS.primary,
    colorSuccess: COLOURS.success,
    colorWarning: COLOURS.warning,
    colorError: COLOURS.error,
    // Backgrounds derived from such dark colours would be grey.
    colorPrimaryBg: '#e8f1fd',
    colorInfoBg: '#e8f1fd',
    colorInfoBorder: '#a9c9f0',
    colorSuccessBg: '#e9f6ec',
    colorSuccessBorder: '#a6d8b2',
    colorWarningBg: '#fff5e0',
    colorWarningBorder: '#f0cf8d',
    colorErrorBg: '#fdecee',
    colorErrorBorder: '#f2b3ba',
    colorText: COLOURS.text,
    colorTextSecondary: COLOURS.secondary,
    colorTextTertiary: COLOURS.secondary,
    colorTextDescription: COLOURS.secondary,
    colorTextPlaceholder: '#656e7e',
    colorTextDisabled: '#656e7e',
    colorBgLayout: COLOURS.page,
    colorBorderSecondary: '#e6e9f0',
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    borderRadius: 6,
    fontSize: 14,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", -apple-system, "Segoe UI", sans-serif',
  },
  components: {
    Layout: { headerBg: COLOURS.header, headerHeight: 56, headerPadding: '0 16px', siderBg: '#ffffff' },
    Table: { headerBg: '#f5f7fb', cellPaddingBlock: 10 },
    // Makes the administrator's whole menu fit into 900 pixels.
    Menu: {
      itemBorderRadius: 6,
      itemHeight: 30,
      itemMarginBlock: 1,
      groupTitleFontSize: 12,
      groupTitleLineHeight: 1.3,
    },
  },
};
