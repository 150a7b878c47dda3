import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/Error';
import { contrastRatio, isHexColour, logoAddress } from '../../contract/rules.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { useLanguage, useWords } from '../words/use-words.ts';

const readable = 4.5;

/** The draft's colours as people would meet them, and whether text on them can be read. */
export function ThemePreview({ policy }: { policy: Policy }) {
  const say = useWords();
  const [language] = useLanguage();
  const { brand, onBrand } = policy.theme;
  const areColours = isHexColour(brand) && isHexColour(onBrand);
  const ratio = areColours ? contrastRatio(onBrand, brand) : undefined;
  // Rounded down, so that 4.499 is not called 4.5.
  const found = ratio && (Math.floor(ratio * 100) / 100).toLocaleString(language);
  const isReadable = ratio !== undefined && ratio >= readable;
  const painted = areColours ? { background: brand, color: onBrand } : {};
  const mask = `url("${logoAddress(policy.theme.logo).replace(/["\\\n]/g, encodeURIComponent)}") center / contain no-repeat`;
  return (
    <div className="theme">
      <h3>{say('policy.preview')}</h3>
      <div className="paper" aria-hidden="true">
        <div className="band" style={painted}>
          <span className="logo" style={{ mask, WebkitMask: mask }} />
          <span data-shown={policy.name} />
        </div>
        <p className="b">{say('policy.previewTitle', { portal: policy.name })}</p>
        <p>{say('policy.previewText')}</p>
        <span className="press" data-shown={say('policy.previewButton')} style={painted} />
      </div>
      <p className={isReadable ? 'row ok' : 'row late'} role="status">
        {isReadable ? <CheckCircleOutline className="i" /> : <ErrorIcon className="i" />}
        <span>
          {found !== undefined && <b>{say('policy.contrast', { ratio: found })}. </b>}
          {say(ratio === undefined ? 'policy.contrastNone' : isReadable ? 'policy.contrastGood' : 'policy.contrastBad')}
        </span>
      </p>
    </div>
  );
}
