import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type Backlogs, readBacklogs } from '../store/backlogs.ts';
import type { Database } from '../store/database.ts';
import { outboxBacklog } from '../store/outbox.ts';

/** Named after the product's promises. Labels are codes of ours, never anything of a person. */
export type WorkerMetrics = ReturnType<typeof createMetrics>;

/** Makes the worker's metrics; what stands in the database is read when they are asked for, at most every 5 s. */
export function createMetrics(database: Database) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'gatehouse_worker_' });
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });

  const outboxAge = gauge('gatehouse_outbox_age_seconds', 'Age of the oldest fact the engine has not been told');
  const outboxRows = gauge('gatehouse_outbox_rows', 'Facts the engine has not been told');
  const outboxBulkRows = gauge(
    'gatehouse_outbox_bulk_rows',
    'Facts of campaigns, which the engine is told little by little',
  );
  const mailsQueued = gauge('gatehouse_mails_queued', 'Mails not settled yet');
  const oldestMail = gauge('gatehouse_mail_age_seconds', 'Age of the oldest mail not settled yet');
  const mailsInTrouble = gauge('gatehouse_mails_in_trouble', 'Mails settled otherwise than accepted', ['state']);
  const lateCases = gauge('gatehouse_sla_late_cases', 'Open cases past their promise');
  const openCases = gauge('gatehouse_open_cases', 'Open cases by whose turn it is', ['waiting_on']);
  const openTasks = gauge('gatehouse_staff_tasks_open', 'Things staff must look at', ['reason']);
  const moves = counter('gatehouse_moves_total', 'Audited facts sealed by this worker', ['action']);
  const codesExpired = counter('gatehouse_access_codes_expired_total', 'Access codes that ended unused');
  const activities = counter('gatehouse_activities_total', 'Activities by how they ended', ['activity', 'result']);
  const sent = counter('gatehouse_mails_sent_total', 'Attempts to hand a mail to the relay', ['outcome']);
  codesExpired.inc(0);

  let readAt = Number.NEGATIVE_INFINITY;
  async function read(): Promise<void> {
    if (performance.now() - readAt < freshMs) return;
    readAt = performance.now();
    const outbox = await outboxBacklog(database);
    outboxAge.set(outbox.ageSeconds);
    outboxRows.set(outbox.rows);
    outboxBulkRows.set(outbox.bulkRows);
    show(await readBacklogs(database));
  }

  function show(backlogs: Backlogs): void {
    mailsQueued.set(backlogs.mailsQueued);
    oldestMail.set(backlogs.oldestMailSeconds);
    lateCases.set(backlogs.lateCases);
    for (const byLabel of [mailsInTrouble, openCases, openTasks]) byLabel.reset();
    for (const { state, count } of backlogs.mailsInTrouble) mailsInTrouble.set({ state }, count);
    for (const { waitingOn, count } of backlogs.openCases) openCases.set({ waiting_on: waitingOn }, count);
    for (const { reason, count } of backlogs.openTasks) openTasks.set({ reason }, count);
  }

  return {
    wakes: counter('gatehouse_cases_told_total', 'Cases and campaigns told to the engine'),
    dispatched: counter('gatehouse_mails_dispatched_total', 'Mails the dispatcher took up', ['result']),
    sealLag: gauge('gatehouse_audit_seal_lag_seconds', 'Age of the oldest audit entry when it was sealed last'),
    refusedEntries: counter('gatehouse_audit_entries_refused_total', 'Audit entries that are not ours'),
    reconciled: counter('gatehouse_reconciler_findings_total', 'Cases whose run was lost or stuck', ['finding']),
    activities,
    sent,
    /** Every audited fact is sealed once, so counting there counts each once over all workers. */
    countMoves(actions: readonly string[]): void {
      for (const action of actions) {
        moves.inc({ action });
        if (action === 'code_expired' || action === 'expireNow') codesExpired.inc();
      }
    },
    /** The page Prometheus reads; without a database, what the process knows by itself. */
    async page(): Promise<{ type: string; text: string }> {
      await read().catch(() => undefined);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

const freshMs = 5_000;
