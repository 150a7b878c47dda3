import { chosenPortal } from '../layout/choices.ts';
import { useWords } from '../words/use-words.ts';
import { useKept } from './kept.ts';
import { Pick } from './Pick.tsx';
import { usePortals } from './portals.ts';

/** The choice of one portal, for a list on narrow screens: where there is room the bar has it. */
export function PortalPick({ changed }: { changed: () => void }) {
  const say = useWords();
  const portals = usePortals();
  const [portal, choosePortal] = useKept(chosenPortal);
  if (portals.length < 2) return null;
  return (
    <Pick
      className="slim"
      label={say('messages.portal')}
      chosen={portal}
      items={portals.map(({ id, name }) => ({ value: id, label: name }))}
      choose={(value) => {
        choosePortal(value);
        changed();
      }}
    />
  );
}
