import { useId, useRef } from 'react';
import { listCaseMessages, listCaseTimeline } from '../../contract/routes/staff/cases.ts';
import { TroublePlace } from '../parts/Trouble.tsx';
import { useCall } from '../parts/use-call.ts';
import { useMay } from '../parts/use-me.ts';
import type { WordKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';
import { AuditTab } from './AuditTab.tsx';
import type { Case } from './case.ts';
import { EngineTab } from './EngineTab.tsx';
import { MessagesTab } from './MessagesTab.tsx';
import { NotesTab } from './NotesTab.tsx';
import { Timeline } from './Timeline.tsx';

export type TabName = 'timeline' | 'messages' | 'notes' | 'engine' | 'audit';

interface CaseTabsProps {
  of: Case;
  tab: TabName;
  setTab: (tab: TabName) => void;
  correctAddress: (() => void) | undefined;
}

/** What happened: timeline, mails, notes, the engine's view, the audit. Arrow keys go from tab to tab. */
export function CaseTabs({ of, tab, setTab, correctAddress }: CaseTabsProps) {
  const say = useWords();
  const may = useMay();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const timeline = useCall(listCaseTimeline, {
    params: { caseId: of.id },
    query: { order: 'desc', perPage: 100 },
  });
  const messages = useCall(
    listCaseMessages,
    { params: { caseId: of.id }, query: { perPage: 100 } },
    { enabled: may('message.read') || may('message.readState') },
  );
  const notes = timeline.data?.data.filter(({ note }) => note !== null) ?? [];
  const tabs: readonly { name: TabName; word: WordKey; count?: number | undefined }[] = [
    { name: 'timeline', word: 'case.tab.timeline' },
    { name: 'messages', word: 'case.tab.messages', count: messages.data?.total },
    { name: 'notes', word: 'case.tab.notes', count: notes.length || undefined },
    ...(may('engine.read') ? [{ name: 'engine' as const, word: 'case.tab.engine' as const }] : []),
    ...(may('audit.read') ? [{ name: 'audit' as const, word: 'case.tab.audit' as const }] : []),
  ];
  const moveBy = (by: number) => {
    const at = tabs.findIndex(({ name }) => name === tab);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    setTab(next.name);
    list.current?.querySelector<HTMLElement>(`[data-tab=${next.name}]`)?.focus();
  };
  return (
    <>
      <div
        className="tabs"
        role="tablist"
        ref={list}
        aria-label={say('case.tabs')}
        onKeyDown={({ key }) => {
          if (key === 'ArrowRight') moveBy(1);
          if (key === 'ArrowLeft') moveBy(-1);
        }}
      >
        {tabs.map(({ name, word, count }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-tab={name}
            aria-selected={name === tab}
            aria-controls={`${id}-panel`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {say(word)} {count !== undefined && <span className="n">{count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        {tab === 'timeline' &&
          (timeline.data ? (
            <div className="sec of-tab">
              <Timeline of={of} entries={timeline.data.data} />
            </div>
          ) : (
            timeline.error && <TroublePlace error={timeline.error} retry={() => void timeline.refetch()} />
          ))}
        {tab === 'messages' &&
          (messages.data ? (
            <MessagesTab of={of} messages={messages.data.data} correctAddress={correctAddress} />
          ) : (
            messages.error && <TroublePlace error={messages.error} retry={() => void messages.refetch()} />
          ))}
        {tab === 'notes' && <NotesTab of={of} notes={notes} />}
        {tab === 'engine' && <EngineTab of={of} />}
        {tab === 'audit' && <AuditTab of={of} />}
      </div>
    </>
  );
}
