/** A search box that follows the address, also when that changes by going back. */
import { Input } from 'antd';
import { useState } from 'react';

interface Props {
  label: string;
  placeholder?: string;
  value: string | undefined;
  /** Called with undefined when the search is cleared. */
  onSearch: (value: string | undefined) => void;
  width?: number;
  size?: 'large';
  enterButton?: string;
}

export function SearchInput({ label, placeholder = label, value, onSearch, width, ...look }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  return (
    <Input.Search
      {...look}
      allowClear
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onSearch={(searched) => onSearch(searched.trim() || undefined)}
      style={{ width }}
    />
  );
}
