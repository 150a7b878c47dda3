import { previewNewCase } from '../../../../contract/routes/staff/cases.ts';
import { databaseNow } from '../../../../store/clock.ts';
import { previewBeginning } from '../../../../store/move-previews.ts';
import { handle } from '../../../handle.ts';
import { staffActor } from '../staff-actor.ts';
import { begin } from './create.ts';
import { mailsInView, unwritten } from './preview.ts';

/** Begins the case for real, and undoes it before anybody sees it: so it is refused as the beginning is. */
export const previewNewCaseRoute = handle(previewNewCase, async ({ body, actor }, dependencies) => {
  const written = body.kind === 'registration' ? { ...body, note: body.note ?? unwritten } : body;
  const preview = await previewBeginning(dependencies.database, async (tx) =>
    begin(tx, written, staffActor(actor), await databaseNow(tx)),
  );
  return mailsInView(preview, dependencies);
});
