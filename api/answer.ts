/** A cookie to be set; `value` undefined takes it away. Name and attributes follow from its kind (see cookies.ts). */
export interface CookieToSet {
  kind: 'staff' | 'account' | 'activation' | 'registration';
  /** For the kinds that belong to a portal. */
  portal?: string;
  value: string | undefined;
  /** Undefined: until the browser is closed. */
  maxAgeSeconds?: number;
}

export interface AnswerParts<Body> {
  body: Body;
  /** The descriptor's own unless told. */
  status?: number;
  cookies?: readonly CookieToSet[];
  headers?: Readonly<Record<string, string>>;
}

/** What a handler gives back when a body alone does not say it. */
export class Answer<Body> {
  readonly parts: AnswerParts<Body>;

  constructor(parts: AnswerParts<Body>) {
    this.parts = parts;
  }
}

/** A body with cookies, headers or a status of its own. */
export function answer<Body>(parts: AnswerParts<Body>): Answer<Body> {
  return new Answer(parts);
}
