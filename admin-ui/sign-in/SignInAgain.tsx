import Dialog from '@mui/material/Dialog';
import { useSyncExternalStore } from 'react';
import { staffSignIn } from '../../contract/routes/staff/session.ts';
import { call } from '../server/calls.ts';
import { currentSession, keepSession, signInAgain } from '../server/session.ts';
import { useWords } from '../words/use-words.ts';
import { SignInForm } from './SignInForm.tsx';

/**
 * Over whatever stands there when the session has ended: what was typed stays, and the calls that were refused go on by
 * themselves. Somebody else who signs in here gets a page of their own.
 */
export function SignInAgain() {
  const say = useWords();
  const isAsked = useSyncExternalStore(signInAgain.subscribe, signInAgain.isAsked);
  const session = currentSession();
  if (!session) return null;
  const signIn = async (email: string, password: string) => {
    keepSession((await call(staffSignIn, { body: { email, password } })).body);
    signInAgain.settle(true);
  };
  const leave = () => {
    signInAgain.settle(false);
    location.assign('/admin/sign-in');
  };
  return (
    <Dialog open={isAsked} maxWidth="xs" fullWidth aria-labelledby="again-title" aria-describedby="again-why">
      <div className="sec stack again">
        <h2 id="again-title" className="pane-title">
          {say('signIn.again')}
        </h2>
        <p className="s" id="again-why">
          {say('signIn.againWhy')}
        </p>
        <SignInForm email={session.staff.email} signIn={signIn} />
        <button type="button" className="btn q whole" onClick={leave}>
          {say('signIn.other')}
        </button>
      </div>
    </Dialog>
  );
}
