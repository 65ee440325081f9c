/** A part of a page with its heading. */
import { Card } from 'antd';
import type { ReactNode } from 'react';

export function Section({ title, children, hideEmpty }: { title: string; children: ReactNode; hideEmpty?: boolean }) {
  return (
    <Card
      size="small"
      title={<h2 className="section-title">{title}</h2>}
      className={hideEmpty ? 'hide-empty' : undefined}
    >
      {children}
    </Card>
  );
}
