// A workflow for temporal.test.ts alone, which puts what must stay unreadable everywhere a run can write. CommonJS, so that
// it is no part of the build; the bundle takes the TypeScript it requires as it takes the workflows themselves.
const wf = require('@temporalio/workflow');
const { messageDescriptions, messageNames } = require('./names.ts');
const { mailSummary, timerSummary, waitDetails, workSummary } = require('./readable-texts.ts');
const { searchAttributeUpdatesOf } = require('./search-attributes.ts');

const canary = 'canary-Ada-Ferris';

exports.application = async function application(start) {
  let newest = start;
  const wake = (snapshot) => {
    newest = snapshot;
  };
  wf.setHandler(wf.defineSignal(messageNames.wake), wake, { description: messageDescriptions.wake });
  wf.setHandler(wf.defineQuery(messageNames.plan), () => planOf(newest), { description: messageDescriptions.plan });
  wf.setHandler(wf.defineUpdate(messageNames.reread), (refused) => refuse(refused), {
    description: messageDescriptions.reread,
  });

  wf.setCurrentDetails(waitDetails(newest.waitingOn, newest.timers[0]));
  const local = wf.proxyLocalActivities({ startToCloseTimeout: '5s' });
  await local.look.executeWithOptions({ summary: workSummary('read case') }, [canary]);
  const { mail } = wf.proxyActivities({ startToCloseTimeout: '5s', retry: { initialInterval: '1h' } });
  await Promise.race([
    mail.executeWithOptions({ summary: mailSummary('access_code') }, [canary]).catch(() => undefined),
    wf.condition(() => newest.state === 'code_sent'),
  ]);
  wf.upsertSearchAttributes(searchAttributeUpdatesOf(newest));
  await wf.condition(() => newest.state === 'expired', '60 days', { summary: timerSummary('reminder') });
  await wf.condition(() => newest.state === 'rejected', '60 days', { summary: `a summary that names ${canary}` });
  throw wf.ApplicationFailure.create({ message: `failed for ${canary}`, type: 'Refused', details: [canary] });
};

exports.broken = async function broken() {
  throw new Error(`a mistake that names ${canary}`);
};

function planOf({ state, version, timers }) {
  return { state, version, waitsFor: timers };
}

function refuse(text) {
  throw wf.ApplicationFailure.nonRetryable(`refused ${text}`, 'Refused');
}
