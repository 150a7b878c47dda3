import Check from '@mui/icons-material/Check';
import Close from '@mui/icons-material/Close';
import ErrorIcon from '@mui/icons-material/Error';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import { useEffect, useSyncExternalStore } from 'react';
import { useNotificationContext, useTranslate } from 'react-admin';
import { useWords } from '../words/use-words.ts';

export interface Notice {
  text: string;
  /** Failures stay until they are closed; other notices go after 4 s, with a button after 8 s. */
  isFailure?: boolean;
  /** Something to know, nothing that was done. */
  isInfo?: boolean;
  action?: { label: string; do: () => void };
}

const shownMs = 4_000;
/** With something to press. */
const pressableMs = 8_000;
let shown: (Notice & { no: number }) | undefined;
let count = 0;
const listeners = new Set<() => void>();

/** Shows a notice in the place of the one before. */
export function notice(next: Notice | undefined): void {
  count += 1;
  shown = next && { ...next, no: count };
  for (const listener of listeners) listener();
}

/** Bottom left, one at a time; what react-admin itself has to say comes here too. */
export function Notices() {
  const say = useWords();
  const translate = useTranslate();
  const { notifications, takeNotification } = useNotificationContext();
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  useEffect(() => {
    if (notifications.length === 0) return;
    const taken = takeNotification();
    if (typeof taken?.message !== 'string' || taken.message === '') return;
    notice({ text: translate(taken.message), isFailure: taken.type === 'error' });
  }, [notifications, takeNotification, translate]);
  useEffect(() => {
    if (!current || current.isFailure) return;
    const timer = setTimeout(
      () => shown?.no === current.no && notice(undefined),
      current.action ? pressableMs : shownMs,
    );
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <div
      className="notices"
      role={current?.isFailure ? 'alert' : 'status'}
      aria-live={current?.isFailure ? 'assertive' : 'polite'}
    >
      {current && (
        <div className="toast" key={current.no}>
          {current.isFailure ? (
            <ErrorIcon className="i" />
          ) : current.isInfo ? (
            <InfoOutlined className="i" />
          ) : (
            <Check className="i" />
          )}
          <span className="grow">{current.text}</span>
          {current.action && (
            <button
              type="button"
              className="btn sm"
              onClick={() => {
                current.action?.do();
                notice(undefined);
              }}
            >
              {current.action.label}
            </button>
          )}
          {current.isFailure && (
            <button type="button" className="btn sm ic" aria-label={say('do.close')} onClick={() => notice(undefined)}>
              <Close className="i" />
            </button>
          )}
        </div>
      )}
    </div>
  );
}
