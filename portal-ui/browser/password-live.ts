import { takeErrorAway } from './error-summary.ts';
import { emailName, judgePassword, type PasswordJudgement } from './password-rules.ts';
import { words } from './words.ts';

/** Said aloud only when the typing rests. */
const sayAfterMs = 1_000;

/**
 * Judges a new password while it is typed (`forms/PasswordField.tsx`). The list says what by: `data-password-rules` the id of the
 * field, `data-min-length`, `data-max-length`, and `data-without`, a JSON list of what must not stand in it. A username or an email
 * address typed in the same form counts as well. What many people use, and how strong it is, the server says (`data-advice` its
 * address) once the typing rests; without an answer that part stays silent. An error from before goes once nothing is wrong any more.
 */
export function watchPassword(list: HTMLElement): void {
  const input = fieldOf(list);
  if (!input) return;
  const status = document.createElement('p');
  status.className = 'vh';
  status.setAttribute('role', 'status');
  const strength = document.createElement('p');
  strength.hidden = true;
  list.after(strength, status);
  let saying: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const advise = async () => {
    const turn = ++asked;
    const advice = await adviceOn(list, input.value);
    if (turn !== asked) return; // something else is typed by now
    if (advice?.isCommon !== true && isByTheRules(judgePassword(input.value, settingOf(list)))) takeErrorAway(input);
    strength.hidden = advice === undefined;
    mark(list, 'common', advice && !advice.isCommon);
    if (!advice) return;
    const isEnough = advice.strength === 'good' || advice.strength === 'strong';
    const said = words.strength[advice.strength];
    const stressed = document.createElement('strong');
    stressed.textContent = said;
    strength.replaceChildren(stressed, isEnough ? '' : ` ${words.moreWords}`);
    status.textContent = `${inWords(judgePassword(input.value, settingOf(list)))} ${said}`;
  };
  const judge = () => {
    const judged = judgePassword(input.value, settingOf(list));
    const isTyped = input.value !== '';
    mark(
      list,
      'length',
      isTyped ? judged.missing === 0 && judged.surplus === 0 : undefined,
      words.youHave(judged.length),
    );
    mark(list, 'without', isTyped ? !judged.hasOwn : undefined);
    clearTimeout(saying);
    saying = setTimeout(() => {
      status.textContent = isTyped ? inWords(judged) : '';
      void advise();
    }, sayAfterMs);
  };
  for (const field of [input, besides(list, 'username'), besides(list, 'email')])
    field?.addEventListener('input', judge);
  if (input.value !== '') judge();
}

interface Advice {
  strength: keyof typeof words.strength;
  isCommon: boolean;
}

/** What the server thinks of it; undefined when nothing is typed or it does not answer. */
async function adviceOn(list: HTMLElement, password: string): Promise<Advice | undefined> {
  const address = list.dataset.advice;
  if (address === undefined || password === '') return undefined;
  const { own, username } = settingOf(list);
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Gatehouse': '1' },
      body: JSON.stringify({ password, without: [...own, username].filter((text) => text !== '').slice(0, 20) }),
    });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function isByTheRules({ missing, surplus, hasOwn }: PasswordJudgement): boolean {
  return missing === 0 && surplus === 0 && !hasOwn;
}

function inWords({ missing, surplus, hasOwn }: PasswordJudgement): string {
  const length = missing > 0 ? words.missing(missing) : surplus > 0 ? words.surplus(surplus) : words.longEnough;
  return hasOwn ? `${length} ${words.leaveOut}` : length;
}

function settingOf(list: HTMLElement) {
  const { minLength, maxLength, without } = list.dataset;
  return {
    minLength: Number(minLength) || 15,
    maxLength: Number(maxLength) || 128,
    own: [...textsOf(without), emailName(besides(list, 'email')?.value ?? '')],
    username: besides(list, 'username')?.value ?? '',
  };
}

function textsOf(json = '[]'): string[] {
  const texts: unknown = JSON.parse(json);
  return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : [];
}

/** Marks a rule as done or not yet; undefined takes the mark away. The rule's own words stay as the page wrote them. */
function mark(list: HTMLElement, rule: string, isDone: boolean | undefined, suffix = ''): void {
  for (const item of list.querySelectorAll<HTMLElement>(`[data-rule=${rule}]`)) {
    for (const added of item.querySelectorAll('[data-added]')) added.remove();
    item.classList.toggle('ok', isDone === true);
    if (isDone === undefined) continue;
    const prefix = added(`${isDone ? words.done : words.notYet} `);
    prefix.className = 'vh';
    item.prepend(prefix);
    if (suffix && !isDone) item.append(added(` ${suffix}`));
  }
}

function added(text: string): HTMLElement {
  const span = document.createElement('span');
  span.dataset.added = '';
  span.textContent = text;
  return span;
}

function fieldOf(list: HTMLElement): HTMLInputElement | undefined {
  const found = document.getElementById(list.dataset.passwordRules ?? '');
  return found instanceof HTMLInputElement ? found : undefined;
}

/** Another field of the same form, known by what browsers fill into it. */
function besides(list: HTMLElement, autocomplete: 'username' | 'email'): HTMLInputElement | undefined {
  const found = list.closest('form')?.querySelector(`input[autocomplete=${autocomplete}]`);
  return found instanceof HTMLInputElement ? found : undefined;
}
