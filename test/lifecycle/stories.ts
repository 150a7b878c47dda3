import type { ApplicationMove, ApplicationState } from '../../domain/application/lifecycle.ts';
import type { Actor } from '../../domain/case.ts';
import { readAccessCode } from '../../domain/secrets/access-code.ts';
import type { ApplicationClaim } from '../../store/applications.ts';
import type { CaseRow } from '../../store/cases.ts';
import { askQuestions } from '../../store/information-requests.ts';
import { type MoveRequest, moveCase } from '../../store/moves.ts';
import { type Gatehouse, person, portal } from '../support/gatehouse.ts';
import { addAccount } from '../support/seed.ts';

export type Member = Extract<Actor, { kind: 'member' }>;

/** The people of a house, and what they do in one line. Every step waits until the engine has taken it in. */
export interface Stories {
  readonly clerk: Member;
  readonly ana: Member;
  readonly sue: Member;
  /** A new application of somebody new. */
  applies(claim?: Partial<ApplicationClaim>): Promise<CaseRow>;
  /** A new application, led to a state by people and the engine. */
  caseIn(state: ApplicationState, claim?: Partial<ApplicationClaim>): Promise<CaseRow>;
  does(row: Pick<CaseRow, 'id'>, move: ApplicationMove, actor: Actor, more?: Partial<MoveRequest>): Promise<CaseRow>;
  asks(row: Pick<CaseRow, 'id'>, questions?: string[]): Promise<CaseRow>;
  answers(row: Pick<CaseRow, 'id'>): Promise<CaseRow>;
  activates(row: Pick<CaseRow, 'id'>): Promise<CaseRow>;
  /** The access codes the relay took to an address, in order. */
  codesTo(address: string): string[];
}

/** Tells stories in a house. */
export async function storiesIn(gatehouse: Gatehouse): Promise<Stories> {
  const [clerk, ana, sue] = await Promise.all([
    gatehouse.member('Cleo Clerk', 'clerk'),
    gatehouse.member('Ana Reviewer', 'reviewer'),
    gatehouse.member('Sue Supervisor', 'supervisor'),
  ]);
  let people = 0;

  const settled = async (id: string) => {
    await gatehouse.idle(id);
    return gatehouse.row(id);
  };
  const applies: Stories['applies'] = async (claim) => {
    people += 1;
    const { id } = await gatehouse.applies({ email: `person.${people}@mail.example`, ...claim });
    return settled(id);
  };
  const does: Stories['does'] = async ({ id }, move, actor, more) => {
    await gatehouse.moves(id, move, actor, more);
    return settled(id);
  };
  const asks: Stories['asks'] = async ({ id }, questions = ['Which clinic did you visit last?']) => {
    await gatehouse.transaction(async (tx) => {
      const request = { caseId: id, move: 'requestInformation', actor: clerk, reason: 'need_document' } as const;
      const moved = await moveCase(tx, { ...request, input: { questions } });
      await askQuestions(tx, id, questions, moved.updatedAt);
    });
    return settled(id);
  };
  const answers: Stories['answers'] = (row) =>
    does(row, 'answer', person, { input: { questions: ['The one at the park.'] } });
  const activates: Stories['activates'] = async ({ id }) => {
    const { email } = await gatehouse.row(id);
    const accountId = await addAccount(gatehouse.database, portal, { username: id, email });
    return does({ id }, 'activate', person, { input: { accountId } });
  };
  const approved = async (claim?: Partial<ApplicationClaim>) => {
    const row = await applies(claim);
    await gatehouse.moves(row.id, 'claim', ana);
    return does(row, 'approve', ana);
  };
  const ways: Record<ApplicationState, (claim?: Partial<ApplicationClaim>) => Promise<CaseRow>> = {
    submitted: applies,
    in_review: async (claim) => does(await applies(claim), 'claim', ana),
    waiting_on_applicant: async (claim) => asks(await ways.in_review(claim)),
    // Stays there: the relay refuses the mail with the code.
    approved: async (claim) => {
      const row = await ways.in_review(claim);
      gatehouse.sink.manner = 'refuses';
      const stuck = await does(row, 'approve', ana);
      gatehouse.sink.manner = 'takes';
      return stuck;
    },
    code_sent: approved,
    expired: async (claim) => does(await approved(claim), 'expireNow', ana),
    activated: async (claim) => activates(await approved(claim)),
    rejected: async (claim) => does(await ways.in_review(claim), 'reject', ana, { reason: 'not_a_patient' }),
    withdrawn: async (claim) => does(await applies(claim), 'withdraw', person),
    closed: async (claim) => {
      const row = await ways.expired(claim);
      await gatehouse.passesUntil(new Date((row.closesAt?.getTime() ?? 0) + 60_000));
      return settled(row.id);
    },
  };

  return {
    clerk,
    ana,
    sue,
    applies,
    caseIn: (state, claim) => ways[state](claim),
    does,
    asks,
    answers,
    activates,
    codesTo: (address) =>
      gatehouse.inboxOf(address).flatMap(({ text }) => {
        const found = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/.exec(text ?? '');
        return found && readAccessCode(found[0]) ? [found[0]] : [];
      }),
  };
}
