import { listCaseTimeline } from '../../../../contract/routes/staff/cases.ts';
import { refuseUnseenCase } from '../../../../store/case-page.ts';
import { type HistoryRow, historyOfCase } from '../../../../store/timeline.ts';
import { handle } from '../../../handle.ts';
import { pageOfAll } from '../list-answer.ts';
import { staffActor } from '../staff-actor.ts';
import { historyFactsOf } from './timeline-sentences.ts';

export const listCaseTimelineRoute = handle(listCaseTimeline, async ({ params, query, actor }, { database }) => {
  await refuseUnseenCase(database, params.caseId, staffActor(actor));
  const entries = (await historyOfCase(database, params.caseId)).map(timelineEntry);
  return pageOfAll(query.order === 'asc' ? entries : entries.reverse(), query);
});

function timelineEntry(row: HistoryRow) {
  return { id: row.id, at: row.at, ...historyFactsOf(row), note: row.note };
}
