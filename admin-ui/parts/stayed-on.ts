import { useEffect, useState } from 'react';

/** How long a row is stayed on before what it stands for is read (and the reading audited). */
const stayMs = 250;

/** The row one has stayed on; those that are only passed by are left out. */
export function useStayedOn(id: string | undefined): string | undefined {
  const [stayed, setStayed] = useState<string | undefined>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => setStayed(id), stayMs);
    return () => clearTimeout(timer);
  }, [id]);
  return stayed;
}
