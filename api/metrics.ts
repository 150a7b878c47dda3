import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../store/database.ts';
import { type PromiseFigures, readPromiseFigures } from '../store/promise-figures.ts';

/** Figures of this process, and those of the promises, which every process tells alike from the database. */
export interface Metrics {
  /** One answered call; `route` is the template, `status` the HTTP status. */
  answered(method: string, route: string, status: number, seconds: number): void;
  /** A program filled the field no person sees. */
  honeypot(portal: string): void;
  /** The page Prometheus reads. Without the database the promises' figures are left out. */
  page(database: Database): Promise<{ contentType: string; text: string }>;
}

/** Labels are portals and route templates, never anything personal. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const durations = new Histogram({
    name: 'gatehouse_request_duration_seconds',
    help: 'Time to answer a call, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const honeypots = new Counter({
    name: 'gatehouse_honeypot_total',
    help: 'Applications of programs, thanked and forgotten by this process.',
    labelNames: ['portal'],
    registers,
  });
  return {
    answered: (method, route, status, seconds) => durations.observe({ method, route, status }, seconds),
    honeypot: (portal) => honeypots.inc({ portal }),
    page: async (database) => {
      const figures = await readPromiseFigures(database).catch(() => undefined);
      const promises = figures ? await promisesText(figures) : '';
      return { contentType: registry.contentType, text: `${await registry.metrics()}${promises}` };
    },
  };
}

/** Made anew at each reading, so that what the database no longer tells is not told either. */
function promisesText(figures: PromiseFigures): Promise<string> {
  const registry = new Registry();
  for (const { name, help, isCounter, values } of figures) {
    const metric = new (isCounter ? Counter : Gauge)({ name, help, labelNames: ['portal'], registers: [registry] });
    for (const { portal, value } of values) metric.inc(portal === null ? {} : { portal }, value);
  }
  return registry.metrics();
}
