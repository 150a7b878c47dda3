import { useEffect } from 'react';
import { readDashboard } from '../../contract/routes/staff/dashboard.ts';
import { noteServerTime } from '../parts/clock.ts';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';

/** Sets the page's clock by the server's: countdowns are judged there, and its clock may have been moved on for a demonstration. */
export function ServerTime() {
  const { data } = useCall(readDashboard, {}, { enabled: useMay()('dashboard.read'), staleMs: 60_000 });
  useEffect(() => {
    if (data) noteServerTime(new Date(data.asOf));
  }, [data]);
  return null;
}
