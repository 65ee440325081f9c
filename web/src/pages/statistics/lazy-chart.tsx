import { lazy, Suspense, type ComponentProps } from 'react';

const Chart = lazy(() => import('./chart.tsx'));

export function LazyChart(props: ComponentProps<typeof Chart>) {
  return (
    <Suspense fallback={<div className="chart" />}>
      <Chart {...props} />
    </Suspense>
  );
}
