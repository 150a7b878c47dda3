import { useWords } from '../words/use-words.ts';
import { Email } from './Email.tsx';

interface MailSheetProps {
  to: string | null;
  subject: string | null;
  html: string;
}

/** A mail as it is read. Never scripts: a frame without any right. */
export function MailSheet({ to, subject, html }: MailSheetProps) {
  const say = useWords();
  return (
    <div className="mail">
      <header className="meta">
        <span className="m">{say('case.mailTo')}</span> {to && <Email of={to} />}
        <br />
        <span className="b">{subject}</span>
      </header>
      <div className="mail-frame">
        <iframe title={say('case.mailFrame')} sandbox="" srcDoc={withNonce(html)} />
      </div>
    </div>
  );
}

/** The frame inherits the page's policy: the mail's own style element needs the page's nonce. */
function withNonce(html: string): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
  return html.replace(/<style\b/g, `<style nonce="${nonce}"`);
}
