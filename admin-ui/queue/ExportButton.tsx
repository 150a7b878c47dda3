import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { useState } from 'react';
import { exportCases } from '../../contract/routes/staff/cases.ts';
import { useIsLost } from '../layout/ConnectionBanner.tsx';
import { notice } from '../parts/notices.tsx';
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
      saveAs(body, nameOf(headers.get('content-disposition')));
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

function nameOf(disposition: string | null): string {
  return /filename="([\w.-]+)"/.exec(disposition ?? '')?.[1] ?? 'gatehouse-cases.csv';
}

/** Hands the text to the browser as a download. */
function saveAs(text: string, name: string): void {
  // Reading an answer as text takes its byte order mark away; spreadsheets need it.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
