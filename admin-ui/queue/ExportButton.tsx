import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { useState } from 'react';
import { exportCases } from '../../contract/routes/staff/cases.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { notice } from '../parts/notices.tsx';
import { nameOfFile, saveCsv } from '../parts/save-file.ts';
import { useTell } from '../parts/Trouble.tsx';
import { call } from '../server/calls.ts';
import { useWords } from '../words/use-words.ts';
import type { Asked } from './use-queue.ts';

/** The whole list that is on the screen as a CSV file. A view that ends by a date is exported without that end. */
export function ExportButton({ asked }: { asked: Asked }) {
  const say = useWords();
  const tell = useTell();
  const isLost = useIsLost();
  const [isMaking, setMaking] = useState(false);
  const save = async () => {
    if (isMaking) return;
    setMaking(true);
    try {
      const { page: _page, perPage: _perPage, ...query } = asked.query;
      const { body, headers } = await call(exportCases, { query });
      saveCsv(body, nameOfFile(headers.get('content-disposition'), 'gatehouse-cases.csv'));
      const isCut = headers.get('x-rows-cut') === 'true';
      const rows = Number(headers.get('x-rows'));
      notice({ text: say(isCut ? 'queue.export.cut' : 'queue.export.done', { smart_count: rows }), isFailure: isCut });
    } catch (error) {
      const { what, next } = tell(error);
      notice({ text: `${what} ${next}`, isFailure: true });
    } finally {
      setMaking(false);
    }
  };
  return (
    <button
      type="button"
      className="btn wide"
      title={say('queue.export.why')}
      disabled={isLost}
      aria-disabled={isMaking}
      onClick={() => void save()}
    >
      <DownloadOutlined className="i" />
      {say(isMaking ? 'queue.export.making' : 'queue.export')}
    </button>
  );
}
