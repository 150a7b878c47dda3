import CloudOffOutlined from '@mui/icons-material/CloudOffOutlined';
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import { Component, type ReactNode, useEffect, useState } from 'react';
import { Empty } from '../parts/Empty.tsx';
import { usePageTitle } from '../parts/use-title.ts';
import { useWords } from '../words/use-words.ts';
import { isMissingPart, reloadPage, reloadPageOnce } from './missing-parts.ts';

interface ScreenBoundaryProps {
  /** Where one is: going elsewhere leaves the trouble behind. */
  at: string;
  /** Around a part of a screen that can be done without: what stands in its place. */
  instead?: ReactNode;
  children: ReactNode;
}

/** Around a screen: when it breaks or a part of it does not come, a page in its place says what to do; the frame stays. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('something was thrown that says nothing') };
  }

  override componentDidUpdate({ at }: ScreenBoundaryProps): void {
    if (at !== this.props.at && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (this.props.instead !== undefined) return this.props.instead;
    return isMissingPart(error) ? <MissingPart /> : <Broken retry={() => this.setState({ error: undefined })} />;
  }
}

/** The page is loaded anew once by itself; what is tried after that is the person's choice. */
function MissingPart() {
  const say = useWords();
  const [state, setState] = useState<'trying' | 'stuck' | 'away'>('trying');
  usePageTitle(say('broken.part'));
  useEffect(() => {
    void reloadPageOnce().then((goes) => {
      if (!goes) setState('stuck');
    });
  }, []);
  if (state === 'trying') return <div className="pane" aria-busy="true" />;
  return (
    <div role="alert">
      <Empty
        isPage
        icon={<CloudOffOutlined className="i" />}
        title={state === 'away' ? say('trouble.noConnection') : say('broken.part')}
        actions={
          <button
            type="button"
            className="btn p"
            onClick={() => void reloadPage().then((goes) => setState(goes ? 'trying' : 'away'))}
          >
            {say('do.reload')}
          </button>
        }
      >
        {state === 'away' ? say('trouble.noConnectionNext') : say('broken.partWhy')}
      </Empty>
    </div>
  );
}

/** Something in a page threw. */
export function Broken({ retry }: { retry: () => void }) {
  const say = useWords();
  usePageTitle(say('broken.screen'));
  return (
    <div role="alert">
      <Empty
        isPage
        icon={<ErrorOutlined className="i" />}
        title={say('broken.screen')}
        actions={
          <>
            <button type="button" className="btn p" onClick={retry}>
              {say('do.retry')}
            </button>
            <button type="button" className="btn" onClick={() => void reloadPage()}>
              {say('do.reload')}
            </button>
          </>
        }
      >
        {say('broken.screenWhy')}
      </Empty>
    </div>
  );
}
