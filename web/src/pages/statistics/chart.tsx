/** A chart beside its table, for a quick look; the table is accessible to everyone. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { COLOURS } from '../../theme.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  /** Describes the chart for those who cannot see it. */
  title: string;
  kind: 'bar' | 'line';
  categories: string[];
  /** Late and breached are red in every chart. */
  series: { name: string; values: number[]; colour: keyof typeof COLOURS }[];
}

export default function Chart({ title, kind, categories, series }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = init(box.current, undefined, { renderer: 'svg' });
    const option: EChartsCoreOption = {
      color: series.map(({ colour }) => COLOURS[colour]),
      animation: false,
      tooltip: { trigger: 'axis' },
      legend: { bottom: 0 },
      grid: { left: 48, right: 16, top: 16, bottom: 56 },
      xAxis: { type: 'category', data: categories },
      yAxis: { type: 'value', minInterval: 1 },
      series: series.map(({ name, values }) => ({
        name,
        type: kind,
        data: values,
        barMaxWidth: 28,
        showSymbol: false,
      })),
    };
    chart.setOption(option);
    const resize = () => chart.resize();
    window.addEventListener('resize', resize);
    return () => {
      window.removeEventListener('resize', resize);
      chart.dispose();
    };
  }, [kind, categories, series]);
  return <div ref={box} role="img" aria-label={title} className="chart" />;
}
