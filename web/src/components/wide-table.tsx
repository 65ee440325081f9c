/**
 * A table that scrolls sideways if it does not fit. It can then take the focus, so that the keyboard reaches hidden
 * columns.
 */
import { Table, type TableProps } from 'antd';
import { useEffect, useRef, useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

const COMPONENTS = { table: ScrollingTable };

export function WideTable<T>(props: Omit<TableProps<T>, 'className' | 'components' | 'size'>) {
  return <Table<T> {...props} size="small" className="wide-table" components={COMPONENTS} />;
}

function ScrollingTable(props: ComponentProps<'table'>) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [hides, setHides] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const watch = new ResizeObserver(() => setHides(current.scrollWidth > current.clientWidth));
    watch.observe(current);
    if (current.firstElementChild) watch.observe(current.firstElementChild);
    return () => watch.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className="table-scroll"
      {...(hides && { tabIndex: 0, role: 'region', 'aria-label': t('表格，可以左右滚动') })}
    >
      <table {...props} />
    </div>
  );
}
