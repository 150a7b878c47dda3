import { useEffect, useState } from 'react';

const wide = matchMedia('(min-width: 1241px)');

/** Whether there is room for a pane beside the list (look.md "Layout"). */
export function useIsWide(): boolean {
  const [isWide, setWide] = useState(wide.matches);
  useEffect(() => {
    const changed = () => setWide(wide.matches);
    wide.addEventListener('change', changed);
    return () => wide.removeEventListener('change', changed);
  }, []);
  return isWide;
}
