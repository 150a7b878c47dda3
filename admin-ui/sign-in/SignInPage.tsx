import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { Brand } from '../layout/Brand.tsx';
import { usePageTitle } from '../parts/use-title.ts';
import { authProvider } from '../server/auth-provider.ts';
import { useWords } from '../words/use-words.ts';
import { SignInForm } from './SignInForm.tsx';

/** Leads back to where one was on the way to; never off this site, for it is a path of the router. */
export function SignInPage() {
  const say = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const state: { nextPathname?: string; nextSearch?: string } | null = useLocation().state;
  usePageTitle(say('signIn.title'));
  const signIn = async (email: string, password: string) => {
    await authProvider.login({ email, password });
    queries.clear(); // what was read, or refused, belongs to whoever was here before
    navigate(state?.nextPathname ? `${state.nextPathname}${state.nextSearch ?? ''}` : '/', { replace: true });
  };
  return (
    <main className="sign-in">
      <div className="card">
        <div className="row brand-line">
          <Brand />
          <span className="b">Gatehouse</span>
        </div>
        <h1>{say('signIn.title')}</h1>
        <SignInForm signIn={signIn} />
      </div>
    </main>
  );
}
