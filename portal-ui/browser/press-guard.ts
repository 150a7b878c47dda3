/** A second press within this time is the same press: slow hands, double clicks. The button itself stays as it is. */
export const samePressMs = 3_000;

/** Remembers when each form was last sent. `mayPass` answers whether a press counts, and remembers those that do. */
export class PressGuard<Form extends object> {
  readonly #sentAt = new WeakMap<Form, number>();

  mayPass(form: Form, now: number): boolean {
    const sentAt = this.#sentAt.get(form);
    if (sentAt !== undefined && now - sentAt < samePressMs) return false;
    this.#sentAt.set(form, now);
    return true;
  }
}
